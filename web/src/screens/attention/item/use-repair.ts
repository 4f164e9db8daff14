import type { AttentionDetail, RepairResult, RepairView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { attentionItemQuery } from '../../../api/attention.ts';
import { readAnew } from '../../../api/cache.ts';
import { ask } from '../../../api/client.ts';
import { useCommand } from '../../../api/command.ts';
import { useSession } from '../../../app/session.tsx';

export type Carried = Pick<RepairResult, 'operation' | 'item'>;

/** Carries a repair out, for the order as the person sees it; afterwards reads everything again. */
export function useRepair(
  item: AttentionDetail,
  repair: RepairView,
  onCarried: (carried: Carried) => void,
) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const reread = () => readAnew(queries, attentionItemQuery(shop.id, item.id));
  return useCommand<RepairResult>({
    send(key, typed) {
      const { id, seqno } = repair;
      return ask('POST', `/v1/attention/${item.id}/repair`, {
        shop: shop.id,
        key,
        typed,
        version: item.orderVersion ?? 0,
        body: { repair: id, ...(seqno === null ? {} : { seqno }) },
      });
    },
    onDone(result) {
      onCarried(result);
      void queries.invalidateQueries({ queryKey: ['attention', shop.id] });
      void queries.invalidateQueries({ queryKey: ['orders', shop.id] });
      void queries.invalidateQueries({ queryKey: ['order', shop.id, item.orderNumber] });
    },
    reread,
  });
}
