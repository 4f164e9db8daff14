import type { ReasonView } from '@renkei/contract/common.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import { explain, type Locale, REMEDY, type Reason } from '@renkei/core/domain/reasons/index.ts';
import { remedyAction } from './actions/remedies.ts';

/** Returns a reason in the language of the request; for an order, with remedies ready to send. */
export function presentReason(reason: Reason, locale: Locale, ref: OrderRef | null): ReasonView {
  const { cause, remedy, remedies } = explain(reason, locale);
  const ready = remedies.map((id) => {
    const action = ref && remedyAction(id, ref);
    return { id, label: REMEDY[id][locale], ...(action === null ? {} : { action }) };
  });
  return { code: reason, cause, remedy, remedies: ready };
}
