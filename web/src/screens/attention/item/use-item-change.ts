import type { AttentionDetail, AttentionItem } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { attentionItemQuery } from '../../../api/attention.ts';
import { readAnew } from '../../../api/cache.ts';
import { useCommand } from '../../../api/command.ts';
import { useSession } from '../../../app/session.tsx';

/** A change of the item itself, for the version that the person sees. */
export function useItemChange(
  item: AttentionDetail,
  send: (key: string) => Promise<AttentionItem>,
) {
  const { shop } = useSession();
  const queries = useQueryClient();
  return useCommand<AttentionItem>({
    send,
    onDone: () => void queries.invalidateQueries({ queryKey: ['attention', shop.id] }),
    reread: () => readAnew(queries, attentionItemQuery(shop.id, item.id)),
  });
}
