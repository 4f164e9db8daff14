import type { ExportCheck } from '@renkei/contract';
import { useRef, useState } from 'react';
import { useCommand } from '../../api/command.ts';
import type { OrderListWish } from '../../api/queries.ts';
import { type CsvHow, type CsvMade, exportCsv, exportRest } from '../../api/views.ts';
import { useSession } from '../../app/session.tsx';
import { keepFile } from '../../ui/browser/keep-file.ts';

/** A result as a file: first what it would lose, then the whole file, or the rest of it. */
export function useCsv(wish: OrderListWish, how: CsvHow, reread: () => Promise<unknown>) {
  const { shop } = useSession();
  const [check, setCheck] = useState<ExportCheck | null>(null);
  const [done, setDone] = useState(false);
  const frozen = useRef<string | null>(null);
  const isRest = useRef(false);
  const { progress, press } = useCommand<CsvMade>({
    send: () =>
      isRest.current && frozen.current !== null
        ? exportRest(shop.id, frozen.current, how)
        : exportCsv(shop.id, wish, how),
    onDone(made) {
      frozen.current = made.kind === 'losing' ? made.selection : null;
      setCheck(made.kind === 'losing' ? made.check : null);
      setDone(made.kind === 'file');
      if (made.kind === 'file') keepFile(made);
    },
    reread,
  });
  const begin = (rest: boolean) => {
    isRest.current = rest;
    return press();
  };
  return {
    check,
    done,
    progress,
    download: () => void begin(false),
    downloadRest: () => void begin(true),
    /** Sends again what was sent last. */
    resend: () => void press(),
    forget: () => setCheck(null),
  };
}
