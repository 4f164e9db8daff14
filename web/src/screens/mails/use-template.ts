import type { MailTemplateInput, MailTemplateView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { readAnew } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { type CommandPress, useCommand } from '../../api/command.ts';
import { mailTemplatesQuery } from '../../api/mails.ts';
import { useSession } from '../../app/session.tsx';

/** Saves a template in the version that the person saw; without an input, restores Renkei's own. */
export function useTemplate(
  { kind, version }: MailTemplateView,
  input: MailTemplateInput | null,
  onDone: (saved: MailTemplateView) => void,
): CommandPress {
  const { shop } = useSession();
  const queries = useQueryClient();
  const reread = () => readAnew(queries, mailTemplatesQuery(shop.id));
  return useCommand<MailTemplateView>({
    send: (key) =>
      ask(input === null ? 'DELETE' : 'PUT', `/v1/mail-templates/${kind}`, {
        shop: shop.id,
        key,
        ...(input === null ? {} : { body: input, version }),
      }),
    onDone(saved) {
      onDone(saved);
      void reread();
      void queries.invalidateQueries({ queryKey: ['settings-log', shop.id] });
    },
    reread,
  });
}
