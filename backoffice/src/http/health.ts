import type { OrderHealth } from '../contract/attention-item.ts';
import type { Order } from '../domain/order.ts';
import { listOpenOf } from '../store/attention.ts';
import { loadSlips } from '../store/observations.ts';
import type { Shop } from '../store/shops.ts';
import { presentItem, presentSighted } from './present/attention.ts';
import { instant } from './present/orders.ts';
import type { Call } from './route.ts';

/** How an order stands to F-REGI: what was seen there and when, and what differs. */
export async function healthOf(call: Call, order: Order, shop: Shop): Promise<OrderHealth> {
  const { backoffice, shopId, locale } = call;
  const { db } = backoffice;
  const { transaction, orderNumber } = order;
  if (transaction === null) {
    return { seenAt: null, source: null, canLook: false, transactions: [], items: [] };
  }
  const { slipId, seqno, asOf } = transaction;
  const [slips, items] = await Promise.all([
    loadSlips(db, shopId, [slipId]),
    listOpenOf(db, shopId, orderNumber),
  ]);
  const { sighted = [] } = slips.get(slipId) ?? {};
  const own = sighted.find((seen) => seen.seqno === seqno);
  const seen = own !== undefined && own.seenAt >= asOf ? own : null;
  return {
    seenAt: instant(seen?.seenAt ?? asOf),
    source: seen?.source ?? 'answer',
    canLook: shop.inquiry,
    transactions: sighted.map((one) => presentSighted(one, seqno)),
    items: items.map((item) => presentItem(item, backoffice.now(), locale)),
  };
}
