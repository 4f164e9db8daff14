import { NativeSelect } from '@mantine/core';
import type { ExportChoices } from '@renkei/contract';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCommand } from '../../api/command.ts';
import type { OrderListWish } from '../../api/queries.ts';
import { type CsvMade, csvChoicesQuery, exportCsv, exportRest } from '../../api/views.ts';
import { useSession } from '../../app/session.tsx';
import { keepFile } from '../../ui/browser/keep-file.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { CsvLosses } from './csv-losses.tsx';

const ENCODINGS: Readonly<Record<string, string>> = {
  cp932: 'Shift_JIS',
  'utf-8': 'UTF-8',
};

type Losing = Extract<CsvMade, { kind: 'losing' }>;

/** L6: the whole result as CSV, in a chosen layout; no character is lost unseen. */
export function CsvDialog(props: {
  readonly wish: OrderListWish;
  readonly count: number;
  /** The layout that is chosen at first; null: the shop's first. */
  readonly first: string | null;
  readonly onClose: () => void;
}) {
  const { wish, count, first, onClose } = props;
  const { t } = useTranslation();
  const { shop, denied } = useSession();
  const why = denied('export_orders');
  const choices = useQuery(csvChoicesQuery(shop.id));
  const layouts = layoutsOf(choices.data);
  const [wanted, setWanted] = useState<string | null>(first);
  const [encoding, setEncoding] = useState('');
  const [done, setDone] = useState(false);
  const layout = layouts.find(({ id }) => id === wanted) ?? layouts[0];
  const [losing, setLosing] = useState<Losing | null>(null);
  const how = { layout: layout?.id ?? '', encoding: encoding === '' ? undefined : encoding };
  const rest = useRef<string | null>(null);
  const command = useCommand<CsvMade>({
    send: () =>
      rest.current === null
        ? exportCsv(shop.id, wish, how)
        : exportRest(shop.id, rest.current, how),
    onDone(made) {
      rest.current = null;
      setLosing(made.kind === 'losing' ? made : null);
      setDone(made.kind === 'file');
      if (made.kind === 'file') keepFile(made);
    },
    reread: () => choices.refetch(),
  });
  return (
    <Dialog
      title={t('views.csvTitle')}
      onClose={onClose}
      onConfirm={() => void command.press()}
      confirm={t('views.download')}
      busy={command.progress.kind === 'sending'}
      blocked={why !== null || layout === undefined || count === 0}
    >
      {why !== null && <Notice tone="warn" title={why} />}
      <Reading choices={choices} />
      <p>{count === 0 ? t('views.empty') : t('views.csvLead', { count })}</p>
      {layout && (
        <Choices
          layouts={layouts}
          layout={layout}
          encoding={encoding}
          onLayout={(id) => {
            setWanted(id);
            setLosing(null);
          }}
          onEncoding={(chosen) => {
            setEncoding(chosen);
            setLosing(null);
          }}
        />
      )}
      {done && command.progress.kind === 'idle' && (
        <Notice tone="good" role="status" title={t('views.downloaded')} />
      )}
      {losing && (
        <CsvLosses
          check={losing.check}
          busy={command.progress.kind === 'sending'}
          onReplaced={() => void command.press()}
          onLeaveOut={() => {
            rest.current = losing.selection;
            void command.press();
          }}
        />
      )}
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </Dialog>
  );
}

function Reading({ choices }: { readonly choices: UseQueryResult<ExportChoices> }) {
  const { t } = useTranslation();
  return (
    <>
      {choices.isPending && <Loading rows={2} />}
      {choices.error && !choices.data && (
        <ReadFailure
          error={choices.error}
          title={t('common.broken')}
          onRetry={() => void choices.refetch()}
        />
      )}
    </>
  );
}

function layoutsOf(choices: ExportChoices | undefined): LayoutChoice[] {
  if (choices === undefined) return [];
  const own = choices.own.map(({ id, name, encoding }) => ({ id, label: name, encoding }));
  return [...choices.layouts, ...own];
}

type LayoutChoice = { readonly id: string; readonly label: string; readonly encoding: string };

/** Which columns, and in which character set. */
function Choices(props: {
  readonly layouts: readonly LayoutChoice[];
  readonly layout: LayoutChoice;
  readonly encoding: string;
  readonly onLayout: (id: string) => void;
  readonly onEncoding: (encoding: string) => void;
}) {
  const { layouts, layout, encoding, onLayout, onEncoding } = props;
  const { t } = useTranslation();
  const own = ENCODINGS[layout.encoding] ?? layout.encoding;
  return (
    <>
      <NativeSelect
        label={t('views.layout')}
        value={layout.id}
        onChange={(event) => onLayout(event.currentTarget.value)}
        data={layouts.map(({ id, label }) => ({ value: id, label }))}
      />
      <NativeSelect
        label={t('views.encoding')}
        description={t('views.loss')}
        value={encoding}
        onChange={(event) => onEncoding(event.currentTarget.value)}
        data={[
          { value: '', label: t('views.asLayout', { encoding: own }) },
          ...Object.entries(ENCODINGS).map(([value, label]) => ({ value, label })),
        ]}
      />
    </>
  );
}
