import { newOrder } from '../../core/src/domain/order/place-order.ts';
import type { DemoOrder } from './orders.ts';

const HOUR_MS = 60 * 60 * 1000;

/**
 * The orders of the manual, to be read beside the screens: one to capture, one captured already in
 * F-REGI's console, one voided there. The first two together are 総合計金額¥9,850(請求金額合計¥9,115).
 */
export function makeManualOrders(now: number): DemoOrder[] {
  return [
    make('100000394011', 5_350, 735, now - 30 * HOUR_MS),
    {
      ...make('100000924506', 4_500, 0, now - 7 * HOUR_MS),
      moves: [{ to: 'captured_untransmitted', at: now - HOUR_MS, what: 'sale', by: 'console' }],
    },
    {
      ...make('100000923704', 6_600, 0, now - 9 * HOUR_MS),
      moves: [{ to: 'voided', at: now - 2 * HOUR_MS, what: 'authcancel', by: 'console' }],
    },
  ];
}

function make(orderNumber: string, total: number, pointsUsed: number, at: number): DemoOrder {
  const person = {
    name: '梅田 花子',
    kana: 'ウメダ ハナコ',
    phone: '06-0000-0000',
    postalCode: '530-0001',
    prefecture: '大阪府',
    address: '大阪市北区梅田0丁目0-0',
  };
  const line = { productCode: 'FP-MAN', name: '万年筆 花道', variation: '中字（M）', quantity: 1 };
  const placedAt = new Date(Math.floor(at / 1000) * 1000).toISOString();
  const placed = newOrder('hanamichi', {
    orderNumber,
    type: 'regular',
    channel: 'pc',
    placedAt,
    paymentKind: 'card_fregi',
    paymentMethod: 'クレジットカード',
    amounts: {
      items: total - 500,
      shipping: 500,
      paymentFee: 0,
      wrapping: 0,
      pointsUsed,
      couponDiscount: 0,
    },
    details: {
      customer: { ...person, email: 'hanako@example.jp' },
      destinations: [
        {
          ...person,
          requestedDate: null,
          requestedTime: '',
          carrier: 'ヤマト運輸',
          trackingNumber: '',
          shippedOn: null,
          lines: [{ ...line, unitPrice: total - 500, taxRate: 10 }],
        },
      ],
      customerMessage: '',
      memo: '',
    },
    transaction: {
      kind: 'authorized',
      seqno: `2026${orderNumber}0000`,
      authCode: `m${orderNumber.slice(-5)}`,
      amount: total - pointsUsed,
    },
  });
  return { ...placed, cameIn: { order: placed.order, at: placed.order.placedAt } };
}
