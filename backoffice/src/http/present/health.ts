import type { OrderHealth } from '../../contract/attention-item.ts';
import type { Instant } from '../../domain/order.ts';
import type { Locale } from '../../domain/reasons.ts';
import type { OrderFile } from '../../store/order-file.ts';
import { presentItem, presentSighted } from './attention.ts';
import { instant } from './orders.ts';

/** How an order stands to F-REGI: what was seen there and when, and what differs. */
export function presentHealth(file: OrderFile, now: Instant, locale: Locale): OrderHealth {
  const { stored, sighted, items, shop } = file;
  const { transaction } = stored.order;
  if (transaction === null) {
    return { seenAt: null, source: null, canLook: false, transactions: [], items: [] };
  }
  const { seqno, asOf } = transaction;
  const own = sighted.find((seen) => seen.seqno === seqno);
  const seen = own !== undefined && own.seenAt >= asOf ? own : null;
  return {
    seenAt: instant(seen?.seenAt ?? asOf),
    source: seen?.source ?? 'answer',
    canLook: shop.inquiry,
    transactions: sighted.map((one) => presentSighted(one, seqno)),
    items: items.map((item) => presentItem(item, now, locale)),
  };
}
