import type { OrderHealth } from '@renkei/contract/attention/attention-item.ts';
import { belongingOf } from '@renkei/core/domain/drift/ownership.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { OrderFile } from '../../store/orders/order-file.ts';
import { presentItem, presentSighted } from './attention.ts';
import { instantOrNull } from './instant.ts';

/** Returns an order's agreement with F-REGI: the sightings, their times, and the differences. */
export function presentHealth(file: OrderFile, now: Instant, locale: Locale): OrderHealth {
  const { stored, sighted, books, items, isComparisonDue, shop } = file;
  const { transaction } = stored.order;
  const shown = items.map((item) => presentItem(item, now, locale));
  if (transaction === null) {
    const nothing = { seenAt: null, source: null, canLook: false };
    return { ...nothing, transactions: [], items: shown, isComparisonDue };
  }
  const { seqno, asOf } = transaction;
  // A card kept for later: F-REGI was asked nothing yet.
  const heard = seqno === null && asOf === stored.order.placedAt ? null : asOf;
  const own = sighted.find((seen) => seen.seqno === seqno);
  const seen = own !== undefined && own.seenAt >= asOf ? own : null;
  return {
    seenAt: instantOrNull(seen?.seenAt ?? heard),
    source: seen?.source ?? (heard === null ? null : 'answer'),
    canLook: shop.inquiry,
    transactions: sighted.map((one) => {
      const belongsTo = one.seqno === seqno ? null : belongingOf(one, books);
      return presentSighted({ ...one, belongsTo }, seqno);
    }),
    items: shown,
    isComparisonDue,
  };
}
