import { billedOf } from '../../core/src/domain/order/order.ts';
import { REDIRECT_KINDS } from '../../core/src/domain/transaction/redirect.ts';
import type { DemoOrder } from './orders.ts';
import type { DemoShop } from './shops.ts';

/** Groups of ways to pay on F-REGI's payment page: convenience stores, Edy. */
const STORE = '20';
const EDY = '30';

/**
 * Issues payments for orders that are still to be paid at a store or by Edy, as the cart does. A
 * person who pays in the sandbox's console sees the order become 入金済.
 */
export async function issueStorePayments(
  sandboxUrl: string,
  { fregiShopId }: DemoShop,
  orders: readonly DemoOrder[],
): Promise<DemoOrder[]> {
  const issued: DemoOrder[] = [];
  for (const demo of orders) {
    const { paymentKind, paidOn, orderNumber, amounts } = demo.order;
    if (!REDIRECT_KINDS.includes(paymentKind) || paidOn !== null) {
      issued.push(demo);
      continue;
    }
    const answer = await fetch(`${sandboxUrl}/connect/compsettleapply.cgi`, {
      method: 'POST',
      body: new URLSearchParams({
        SHOPID: fregiShopId,
        ID: orderNumber,
        PAY: String(billedOf(amounts)),
        PAYTYPESPECIFY: paymentKind === 'convenience_fregi' ? STORE : EDY,
      }),
    });
    const [ok, settleno = ''] = (await answer.text()).split('\n');
    // F-REGI issues no payment above the limit of a store or an Edy card: the customer pays
    // otherwise.
    const redirect = { settleno, slipId: orderNumber, amount: billedOf(amounts) };
    issued.push(ok === 'OK' ? { ...demo, redirect } : demo);
  }
  return issued;
}
