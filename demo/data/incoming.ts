import type { PlaceOrder } from '../../contract/src/orders/place-order.ts';

/** Builds an order as a cart hands it over, to be authorized with the token of a test card. */
export async function incomingOrder(
  sandboxUrl: string,
  orderNumber: string,
  items: number,
): Promise<PlaceOrder> {
  const person = {
    name: '髙﨑 𠮷乃',
    kana: 'タカサキ ヨシノ',
    phone: '03-0000-0000',
    postalCode: '113-0033',
    prefecture: '東京都',
    address: '文京区本郷0-0-0',
  };
  const line = { productCode: 'NB-A5', name: '糸かがり綴じノート A5', variation: '無地' };
  return {
    orderNumber,
    placedAt: new Date().toISOString(),
    paymentKind: 'card_fregi',
    paymentMethod: 'クレジットカード',
    amounts: {
      items,
      shipping: 550,
      paymentFee: 0,
      wrapping: 0,
      pointsUsed: 0,
      couponDiscount: 0,
    },
    details: {
      customer: { ...person, email: 'yoshino@example.jp' },
      destinations: [
        {
          ...person,
          requestedDate: null,
          requestedTime: '',
          carrier: '',
          trackingNumber: '',
          shippedOn: null,
          lines: [{ ...line, quantity: 1, unitPrice: items, taxRate: 10 }],
        },
      ],
      customerMessage: '',
      memo: '',
    },
    transaction: { kind: 'token', token: await tokenOf(sandboxUrl) },
  };
}

/** Stands for F-REGI's script in the customer's browser, which turns the card into a token. */
async function tokenOf(sandboxUrl: string): Promise<string> {
  const answer = await fetch(`${sandboxUrl}/sandbox/v1/tokens`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ pan: '4980111111111111' }),
  });
  const { token } = (await answer.json()) as { token: string };
  return token;
}
