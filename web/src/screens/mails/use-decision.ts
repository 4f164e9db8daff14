import type { WaitingMails } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { readAnew } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { type CommandPress, useCommand } from '../../api/command.ts';
import { waitingMailsQuery } from '../../api/mails.ts';
import { useSession } from '../../app/session.tsx';

/** Sends or drops all late mails, up to the last one in the list. */
export function useDecision(
  upTo: number,
  decision: 'send' | 'drop',
  onDone: (now: WaitingMails) => void,
): CommandPress {
  const { shop } = useSession();
  const queries = useQueryClient();
  return useCommand<WaitingMails>({
    send: (key) =>
      ask('POST', '/v1/waiting-mails/decision', {
        shop: shop.id,
        key,
        body: { decision, upTo },
      }),
    onDone,
    reread: () => readAnew(queries, waitingMailsQuery(shop.id)),
  });
}
