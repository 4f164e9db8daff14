import { randomUUID } from 'node:crypto';
import type { Command } from '../../core/src/domain/commands/decide.ts';
import { type IncomingOrder, newOrder } from '../../core/src/domain/order/place-order.ts';
import type { Request } from '../../core/src/turns/accept.ts';
import type { Actor } from '../../core/src/turns/operation.ts';
import type { Db } from '../../server/src/store/db/db.ts';
import { placeOrders } from '../../server/src/store/orders/order-place.ts';
import { saveShop } from '../../server/src/store/shops/shops.ts';

/** The shop of the tests, and the people who work there. */
export const SHOP = 'hanamichi';
export const TANAKA: Actor = { kind: 'user', id: 'tanaka', name: '田中' };

export async function openShop(db: Db, shopId = SHOP, inquiry = true): Promise<void> {
  await saveShop(db, {
    shopId,
    name: '花道文具店',
    linkEnabled: true,
    inquiry,
    captureDeadlineDays: 60,
    fregi: {
      environment: 'sandbox',
      shopId: '90001',
      baseUrl: 'http://127.0.0.1:1/connect/',
      inquiryUrl: null,
    },
  });
}

let serial = 394_000;

/** Returns a card order of 9,115 yen, authorized for as much, as the cart hands it over. */
export function incoming(changes: Partial<IncomingOrder> = {}): IncomingOrder {
  serial += 1;
  const orderNumber = changes.orderNumber ?? `1${String(serial).padStart(8, '0')}011`;
  const address = {
    name: '髙﨑 花子',
    kana: 'タカサキ ハナコ',
    phone: '06-0000-0000',
    postalCode: '530-0001',
    prefecture: '大阪府',
    address: '大阪市北区梅田0-0-0',
  };
  return {
    orderNumber,
    type: 'regular',
    channel: 'pc',
    placedAt: '2026-11-08T10:28:26.000Z',
    paymentKind: 'card_fregi',
    paymentMethod: 'クレジットカード',
    amounts: {
      items: 9_350,
      shipping: 500,
      paymentFee: 0,
      wrapping: 0,
      pointsUsed: 735,
      couponDiscount: 0,
    },
    details: {
      customer: { ...address, email: 'hanako@example.jp' },
      destinations: [
        {
          ...address,
          requestedDate: null,
          requestedTime: '',
          carrier: '',
          trackingNumber: '',
          shippedOn: null,
          lines: [
            {
              productCode: 'pen-01',
              name: '万年筆',
              variation: '',
              quantity: 1,
              unitPrice: 9_350,
              taxRate: 10,
            },
          ],
        },
      ],
      customerMessage: '',
      memo: '',
    },
    transaction: {
      kind: 'authorized',
      seqno: orderNumber.padStart(20, '0'),
      authCode: 'A1b2C3',
      amount: 9_115,
    },
    ...changes,
  };
}

export async function place(db: Db, order: IncomingOrder, shopId = SHOP): Promise<string> {
  const [outcome] = await placeOrders(db, [newOrder(shopId, order)], TANAKA);
  if (outcome?.kind !== 'placed') throw new Error(`the order was not placed: ${outcome?.kind}`);
  return order.orderNumber;
}

export function wanted(command: Command, changes: Partial<Request> = {}): Request {
  return {
    operationId: randomUUID(),
    key: randomUUID(),
    inputHash: JSON.stringify(command),
    actor: TANAKA,
    command,
    expectedVersion: null,
    ...changes,
  };
}

export const MARK_PAID: Command = {
  kind: 'mark_paid',
  paidOn: '2026-11-14',
  mail: 'auto',
  withoutGateway: false,
  from: 'detail',
};
