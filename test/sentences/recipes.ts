import { Dice } from '../../sandbox/src/dice.ts';
import {
  after,
  answerProposal,
  askToErase,
  atTheConsole,
  cancelled,
  DAY_MS,
  dear,
  drift,
  edit,
  erase,
  fresh,
  hold,
  line,
  look,
  lookedAtStore,
  madeFrom,
  NO_AMOUNTS,
  nothingFound,
  old,
  otherMethod,
  paidAtStore,
  pay,
  payDear,
  type Recipe,
  refund,
  refundByAnother,
  revoke,
  revoked,
  type Shop,
  type Step,
  send,
  store,
  struck,
  to,
  transfer,
  unmark,
  waits,
} from './steps.ts';

/** The states of an order, each named after its last operation. */
export const RECIPES: Readonly<Record<string, Recipe>> = {
  fresh,
  'old: the deadline has passed': ({ env, shopId }) => env.order(old, shopId),
  'old: the deadline is near': ({ env, shopId }) =>
    env.order({ placedAt: new Date(Date.now() - 57 * DAY_MS).toISOString() }, shopId),
  'edited, cheaper': after(edit({ shipping: 0 })),
  'edited, dearer': after(edit({ shipping: 1_500 })),
  'edited to 0 yen': after(edit({ discount: 9_115 })),
  'edited to 1 yen': after(edit({ discount: 9_114 })),
  paid: after(pay()),
  'paid with another amount': after(edit({ shipping: 0 }), pay()),
  'paid for the former amount': after(edit({ shipping: 1_500 }), pay({ amount: 'authorized' })),
  'overpaid, then settled in part': after(
    edit({ shipping: 0 }),
    pay({ amount: 'authorized' }),
    send('POST', 'settlements', { direction: 'returned', amount: 100, by: 'cash' }),
  ),
  'payment date corrected': after(pay(), send('PUT', 'payment-date', { paidOn: '2026-11-20' })),
  unmarked: after(pay(), unmark),
  'unmarked with a refund': after(pay(), send('DELETE', 'payment?refund=true')),
  'refund above the limit': madeFrom(dear, payDear, refund),
  'refund above the limit, by another': madeFrom(dear, payDear, refundByAnother),
  'refund above the limit, agreed': madeFrom(
    dear,
    payDear,
    refundByAnother,
    answerProposal('agreement'),
  ),
  'refund above the limit, declined': madeFrom(
    dear,
    payDear,
    refundByAnother,
    answerProposal('end', { word: '金額が違います' }),
  ),
  'refund above the limit, withdrawn': madeFrom(dear, payDear, refund, answerProposal('end')),
  'refund above the limit, overtaken': madeFrom(
    dear,
    payDear,
    refundByAnother,
    send('PUT', 'payment-date', { paidOn: '2026-11-20', dayConfirmed: true }),
  ),
  'refund above the limit, given again': madeFrom(
    dear,
    payDear,
    refund,
    send('PUT', 'payment-date', { paidOn: '2026-11-20', dayConfirmed: true }),
    refund,
  ),
  'unmarked, edited': after(pay(), unmark, edit({ shipping: 0 })),
  'unmarked, recorded as paid': after(pay(), unmark, pay({ withoutGateway: true, mail: 'manual' })),
  'captured amount changed': after(
    pay(),
    send('PUT', 'amounts', { amounts: { shipping: 0 }, changeCaptured: true }),
  ),
  'captured at the console': after(atTheConsole('capture'), look),
  'captured at the console, then pressed': after(atTheConsole('capture'), pay()),
  'voided at the console': after(atTheConsole('void'), look),
  'voided at the console, then pressed': after(atTheConsole('void'), pay()),
  'amount changed at the console': after(drift('amount_changed', { amount: 8_000 }), look),
  'captured amount changed at the console': after(
    pay(),
    drift('amount_changed', { amount: 8_000 }),
    look,
  ),
  'two live transactions': after(drift('double'), look),
  'refunded at the console': after(pay(), atTheConsole('refund'), look),
  'paid without F-REGI after a void': after(
    atTheConsole('void'),
    look,
    pay({ withoutGateway: true, mail: 'manual' }),
  ),
  cancelled: after(to('cancelled')),
  'cancelled with the void': after(to('cancelled', cancelled)),
  'cancelled after payment': after(pay(), to('cancelled')),
  'returned with the refund': after(pay(), to('returned', { ...cancelled, returnStock: true })),
  'uncollectible, points given back': after(to('uncollectible', { returnPoints: true })),
  'on hold': after(to('on_hold')),
  'on hold with the void': after(to('on_hold', cancelled)),
  'on hold, released': after(to('on_hold', { returnStock: true }), to('processing')),
  completed: after(pay(), to('completed')),
  'completed, unpaid': after(to('completed')),
  'by transfer, the card left': after(otherMethod('bank_transfer')),
  'by transfer, the card voided': after(otherMethod('bank_transfer', true)),
  'by transfer after payment, the capture left': after(pay(), otherMethod('bank_transfer')),
  'none to pay, the card voided': after(edit({ discount: 9_115 }), otherMethod('none', true)),
  'cancel requested': after(send('POST', 'cancel-request', { message: '色を間違えました。' })),
  'cancel request dismissed': after(
    send('POST', 'cancel-request', { message: '色を間違えました。' }),
    send('DELETE', 'cancel-request'),
  ),
  shipped: after(send('POST', 'shipments', { shipments: [{ destination: 0 }] })),
  'products edited': after(
    send('PUT', 'amounts', { lines: [[line(2)]] }),
    send('PUT', 'amounts', { lines: [[line(1)]], amounts: { pointsUsed: 500 } }),
    edit({ pointsUsed: 735 }),
  ),
  'underpaid, then settled and taken back': after(
    edit({ shipping: 1_500 }),
    pay({ amount: 'authorized' }),
    send('POST', 'settlements', { direction: 'received', amount: 100, by: 'cash' }),
    async ({ desk }, orderNumber) => {
      const { version } = (await desk.view(orderNumber)).settlements[0];
      await desk.act('DELETE', orderNumber, `settlements/${version}`);
    },
  ),
  'uncollectible, then reopened': after(
    to('uncollectible', { returnPoints: true, returnStock: true }),
    to('processing'),
  ),
  'mail never': ({ env, shopId }) =>
    env.order({ paymentKind: 'cash_on_delivery', transaction: undefined }, shopId),
  'products that do not add up': ({ env, shopId }) =>
    env.order({ amounts: { ...NO_AMOUNTS, items: 12_000 } }, shopId),
  'products that add up to more': ({ env, shopId }) =>
    env.order({ amounts: { ...NO_AMOUNTS, items: 5_000 } }, shopId),
  'capture missing at F-REGI': after(pay(), drift('capture_missing'), look),
  'amount changed at the console to the same': after(
    drift('amount_changed', { amount: 9_115 }),
    look,
  ),
  'captured amount changed at the console to the same': after(
    pay(),
    drift('amount_changed', { amount: 9_115 }),
    look,
  ),
  'recorded as paid after a failed authorization': after(
    drift('authorization_failed'),
    look,
    pay({ withoutGateway: true, mail: 'manual' }),
  ),
  'cancelled with the void, another one live': after(
    drift('double'),
    look,
    to('cancelled', cancelled),
  ),
  'on hold, everything given back': after(to('on_hold', { returnStock: true, returnPoints: true })),
  'on hold, shown to be paid': after(to('on_hold'), drift('authorization_failed'), look),
  'capture failed at F-REGI': after(pay(), drift('capture_failed'), look),
  'double capture': after(pay(), drift('double'), look),
  transfer,
  'transfer paid': madeFrom(transfer, pay()),
  'transfer unmarked': madeFrom(transfer, pay(), unmark),
  'transfer cancelled': madeFrom(transfer, to('cancelled')),
  'transfer reopened': madeFrom(transfer, to('cancelled'), to('processing')),
  store,
  'store paid': madeFrom(store, paidAtStore),
  'store paid, unmarked': madeFrom(store, paidAtStore, unmark),
  'store marked by hand': madeFrom(store, pay()),
  'store cancelled': madeFrom(store, to('cancelled')),
  'store cancelled and revoked': madeFrom(
    store,
    to('cancelled', { revokePayments: true }),
    revoked,
  ),
  'store revoked': madeFrom(store, revoke, revoked),
  'store reopened': madeFrom(store, to('cancelled'), to('processing')),
  'store, now by transfer': madeFrom(store, otherMethod('bank_transfer')),
  'store, another amount': madeFrom(store, edit({ shipping: 0 })),
  'store, another amount, paid': madeFrom(store, edit({ shipping: 0 }), paidAtStore),
  'store, another amount, paid, given back in part': madeFrom(
    store,
    edit({ shipping: 0 }),
    paidAtStore,
    send('POST', 'settlements', { direction: 'returned', amount: 1_000, by: 'bank_transfer' }),
  ),
  'store, another amount, paid, given back, fits again': madeFrom(
    store,
    edit({ shipping: 0 }),
    paidAtStore,
    send('POST', 'settlements', { direction: 'returned', amount: 9_115, by: 'bank_transfer' }),
    edit({ shipping: 700 }),
    lookedAtStore,
  ),
  'store, paid more, marked by hand': madeFrom(store, edit({ shipping: 0 }), paidAtStore, pay()),
  'store, paid less, marked by hand': madeFrom(store, edit({ shipping: 900 }), paidAtStore, pay()),
  'store, by transfer, paid at the store': madeFrom(
    store,
    otherMethod('bank_transfer'),
    paidAtStore,
  ),
  'store, by transfer, marked, paid at the store': madeFrom(
    store,
    otherMethod('bank_transfer'),
    pay(),
    paidAtStore,
  ),
  'store, by transfer, marked, paid at the store, given back': madeFrom(
    store,
    otherMethod('bank_transfer'),
    pay(),
    paidAtStore,
    send('POST', 'settlements', { direction: 'returned', amount: 9_115, by: 'bank_transfer' }),
  ),
  'store cancelled, then paid': madeFrom(store, to('cancelled'), paidAtStore),
  erased: after(pay(), to('completed'), erase),
  'erased, cancelled with the void': after(to('cancelled', cancelled), erase),
  'erased, returned with the refund': after(pay(), to('returned', cancelled), erase),
  'erased, store': madeFrom(store, to('cancelled', { revokePayments: true }), revoked, erase),
  'erased, transfer': madeFrom(transfer, pay(), to('completed'), erase),
  'pre-order': waits,
  'pre-order on hold': madeFrom(waits, to('on_hold')),
  'pre-order authorized': madeFrom(waits, to('processing')),
  'pre-order cancelled': madeFrom(waits, to('cancelled')),
  'pre-order, now by transfer': madeFrom(waits, otherMethod('bank_transfer')),
};

/** The same, for states that need a strike: it hits the next call of the shop. */
export const STRUCK: Readonly<Record<string, Recipe>> = {
  'change of amount declined': after(
    edit({ shipping: 1_500 }),
    struck('decline', 'authchange.cgi', pay()),
  ),
  'capture declined': after(struck('decline', 'sale.cgi', pay())),
  'captured change declined': after(
    pay(),
    struck(
      'decline',
      'salechange.cgi',
      send('PUT', 'amounts', { amounts: { shipping: 0 }, changeCaptured: true }),
    ),
  ),
  'capture in doubt': after(struck('drop_after', 'sale.cgi', pay()), hold),
  'void in doubt': after(struck('drop_after', 'authcancel.cgi', to('cancelled', cancelled)), hold),
  'change of amount in doubt': after(
    edit({ shipping: 1_500 }),
    struck('drop_after', 'authchange.cgi', pay()),
    hold,
  ),
  'change of amount in review': after(
    edit({ shipping: 1_500 }),
    struck('drop_after', 'authchange.cgi', pay()),
  ),
  'pre-order declined': madeFrom(waits, struck('decline', 'authm.cgi', to('processing'))),
  'pre-order declined, recorded as paid': madeFrom(
    waits,
    struck('decline', 'authm.cgi', to('processing')),
    pay({ withoutGateway: true, mail: 'manual' }),
  ),
  'authorization in doubt': madeFrom(
    waits,
    struck('drop_after', 'authm.cgi', to('processing')),
    hold,
  ),
  'authorization answered: nothing there': madeFrom(waits, (shop, orderNumber) =>
    shop.inquiry
      ? Promise.resolve()
      : struck(
          'drop_before',
          'authm.cgi',
          to('processing'),
        )(shop, orderNumber).then(() => nothingFound(shop, orderNumber)),
  ),
  'authorization in review': madeFrom(waits, struck('drop_after', 'authm.cgi', to('processing'))),
};

/** Generated orders: real commands in a sequence that a seed draws from what the order offers. */
export async function generated(shop: Shop, seed: number): Promise<string> {
  const dice = new Dice(seed);
  const orderNumber = await oneOf(FIRST, dice)(shop);
  for (let n = 1 + dice.below(4); n > 0; n -= 1) await oneOf(STEPS, dice)(shop, orderNumber);
  return orderNumber;
}

const FIRST: readonly Recipe[] = [fresh, fresh, fresh, transfer, store, waits];

const STEPS: readonly Step[] = [
  pay(),
  pay(),
  pay({ amount: 'authorized' }),
  pay({ withoutGateway: true, mail: 'manual' }),
  unmark,
  send('DELETE', 'payment?refund=true'),
  edit({ shipping: 0 }),
  edit({ shipping: 1_500 }),
  to('on_hold'),
  to('processing'),
  to('cancelled'),
  to('cancelled', cancelled),
  to('returned', { ...cancelled, returnStock: true, returnPoints: true }),
  to('completed'),
  otherMethod('bank_transfer'),
  otherMethod('bank_transfer', true),
  send('DELETE', 'transaction'),
  askToErase,
  send('POST', 'shipments', { shipments: [{ destination: 0 }] }),
  async (shop, orderNumber) => {
    const refusedIfNone = (error: unknown) => String(error);
    await atTheConsole('capture')(shop, orderNumber).catch(refusedIfNone);
    return look(shop, orderNumber);
  },
  async (shop, orderNumber) => {
    await atTheConsole('void')(shop, orderNumber).catch((error: unknown) => String(error));
    return look(shop, orderNumber);
  },
];

function oneOf<T>(choices: readonly T[], dice: Dice): T {
  const drawn = choices[dice.below(choices.length)];
  if (drawn === undefined) throw new Error('nothing to draw from');
  return drawn;
}
