import type { OperationView, ReviewAnswer, ReviewGuide } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { keepAnswer, readAnew } from '../../../api/cache.ts';
import { ask } from '../../../api/client.ts';
import { type CommandPress, useCommand } from '../../../api/command.ts';
import { orderQuery } from '../../../api/queries.ts';
import { reviewQuery } from '../../../api/reviews.ts';
import { useSession } from '../../../app/session.tsx';
import type { ReviewProps } from './props.ts';

/** Records a finding at F-REGI's console; null declines or withdraws the waiting answer. */
export function useReview(
  { order, operation, onSettled }: ReviewProps,
  answer: ReviewAnswer | null,
  onDone: () => void = () => {},
): CommandPress {
  const { shop } = useSession();
  const queries = useQueryClient();
  const guide = reviewQuery(shop.id, operation.id);
  const path = `/v1/operations/${operation.id}/review`;
  const readOrder = () => readAnew(queries, orderQuery(shop.id, order.orderNumber));
  return useCommand<OperationView | ReviewGuide>({
    send: (key) =>
      answer === null
        ? ask('DELETE', path, { shop: shop.id, key })
        : ask('POST', path, { shop: shop.id, key, body: answer }),
    onDone(result) {
      if ('choices' in result) keepAnswer(queries, guide.queryKey, result);
      else {
        void readOrder().catch(() => {}); // the operation is settled, and the order goes on
        onSettled();
      }
      onDone();
    },
    async reread() {
      await Promise.allSettled([readOrder(), queries.invalidateQueries(guide)]);
    },
  });
}
