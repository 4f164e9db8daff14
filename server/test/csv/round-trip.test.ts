import type { IncomingOrder } from '@renkei/core/domain/order/place-order.ts';
import { CHANNEL, keysOf, ORDER_TYPE, PAYMENT_KIND } from '@renkei/core/domain/order/states.ts';
import { isRuinedPhone } from '@renkei/core/domain/values/phone.ts';
import { isRuinedPostalCode } from '@renkei/core/domain/values/postal-code.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { formatOrdersCsv } from '../../src/csv/orders/format-orders.ts';
import { parseOrdersCsv } from '../../src/csv/orders/parse-orders.ts';
import { bestFit } from '../../src/csv/text/cp932.ts';
import { type CsvEncoding, decodeCsv } from '../../src/csv/text/decode.ts';
import { joinParts, splitParts } from '../../src/csv/text/joined.ts';
import { hasCardData } from '../../src/fregi/scrub.ts';

const CP932 = [...'髙﨑㈱①Ⅲ～－∥山田花子アｶﾞが"\',=+-@＝\t\r\n \u3000;?\\|0123456789aA'];
const UTF_8 = [...CP932, '𠮷', '🍣', 'é', '\u301c', '\u00a0', '\u2212', 'か\u3099', '葛\u{e0100}'];

function textOf(units: readonly string[], max: number): fc.Arbitrary<string> {
  return fc
    .string({ unit: fc.constantFrom(...units), maxLength: Math.min(max, 24) })
    .filter((text) => text.length <= max && !hasCardData(text));
}

const date = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((day) => day.toISOString().slice(0, 10));
const instant = fc
  .integer({ min: 946_684_800, max: 4_102_444_800 })
  .map((seconds) => new Date(seconds * 1_000).toISOString());
const digits = (length: number) =>
  fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });
const yen = fc.nat({ max: 9_999_999 });

function detailsOf(units: readonly string[]): fc.Arbitrary<IncomingOrder['details']> {
  const text = (max: number) => textOf(units, max);
  const address = {
    name: text(100),
    kana: text(100),
    phone: text(20).filter((phone) => !isRuinedPhone(bestFit(phone))),
    postalCode: text(8).filter((code) => !isRuinedPostalCode(bestFit(code))),
    prefecture: text(10),
    address: text(300),
  };
  const line = fc.record({
    productCode: text(50),
    name: text(300),
    variation: text(200),
    quantity: fc.integer({ min: 1, max: 99_999 }),
    unitPrice: yen,
    taxRate: fc.constantFrom(10, 8, 0),
  });
  const destination = fc.record({
    ...address,
    requestedDate: fc.option(date),
    requestedTime: text(20),
    carrier: text(50),
    trackingNumber: text(40),
    shippedOn: fc.option(date),
    lines: fc.array(line, { minLength: 1, maxLength: 3 }),
  });
  return fc.record({
    customer: fc.record({
      ...address,
      email: fc.oneof(fc.constant(''), fc.emailAddress({ size: '-1' })),
    }),
    destinations: fc.array(destination, { minLength: 1, maxLength: 3 }),
    customerMessage: text(2_000),
    memo: text(2_000),
  });
}

const amounts = fc
  .record({
    items: yen,
    shipping: yen,
    paymentFee: yen,
    wrapping: yen,
    off: yen,
    split: yen,
    // Zero amounts are left out, as in most incoming orders.
    fees: fc.record(
      { coolFee: fc.integer({ min: 1, max: 999 }), otherFee: fc.integer({ min: 1, max: 999 }) },
      { requiredKeys: [] },
    ),
  })
  .map(({ off, split, fees, ...parts }) => {
    const { coolFee = 0, otherFee = 0 } = fees;
    const charged = parts.items + parts.shipping + parts.paymentFee + parts.wrapping;
    const total = charged + coolFee + otherFee;
    const pointsUsed = Math.min(off, total);
    const couponDiscount = Math.min(split, total - pointsUsed);
    return { ...parts, ...fees, pointsUsed, couponDiscount };
  });

const transaction = fc.record(
  {
    kind: fc.constant('authorized' as const),
    seqno: digits(20),
    authCode: fc.stringMatching(/^[A-Za-z0-9]{1,6}$/),
    amount: yen,
    slipId: fc.stringMatching(/^[A-Za-z0-9-]{1,20}$/).filter((slip) => !hasCardData(slip)),
    authorizedAt: instant,
    authentication: fc.constantFrom('lapsed', 'attempted', 'authenticated', 'not_authenticated'),
  },
  { requiredKeys: ['kind', 'seqno', 'authCode', 'amount'] },
);

function ordersOf(units: readonly string[]): fc.Arbitrary<IncomingOrder[]> {
  const order = fc
    .record({
      orderNumber: digits(12),
      type: fc.constantFrom(...keysOf(ORDER_TYPE)),
      channel: fc.constantFrom(...keysOf(CHANNEL)),
      placedAt: instant,
      paymentKind: fc.constantFrom(...keysOf(PAYMENT_KIND)),
      paymentMethod: textOf(units, 50).filter((text) => bestFit(text).trim() !== ''),
      amounts,
      details: detailsOf(units),
      paid: fc.option(transaction),
    })
    .map(({ paid, ...rest }) =>
      paid !== null && PAYMENT_KIND[rest.paymentKind].linked
        ? { ...rest, transaction: paid }
        : rest,
    );
  return fc.uniqueArray(order, {
    maxLength: 4,
    comparator: (a, b) => a.orderNumber === b.orderNumber || seqnoOf(a) === seqnoOf(b),
  });
}

/** Orders without a transaction differ by their numbers. */
function seqnoOf({ orderNumber, transaction: paid }: IncomingOrder): string {
  return paid?.kind === 'authorized' ? paid.seqno : orderNumber;
}

function writeAndRead(orders: readonly IncomingOrder[], encoding: CsvEncoding) {
  const formatted = formatOrdersCsv(orders, encoding);
  if (formatted.kind === 'refused') throw new Error(JSON.stringify(formatted.losses));
  const decoded = decodeCsv(formatted.bytes, encoding);
  if (decoded.kind === 'refused') throw new Error(decoded.message.en);
  const { orders: found, errors } = parseOrdersCsv(decoded.text);
  return { orders: found.map(({ order }) => order), errors };
}

test.each([
  ['utf-8', UTF_8],
  ['cp932', CP932],
] as const)('in %s written orders are read back as the same orders', (encoding, units) => {
  fc.assert(
    fc.property(ordersOf(units), (orders) => {
      const errors = orders.length === 0 ? [expect.anything()] : [];
      expect(writeAndRead(orders, encoding)).toEqual({ orders, errors });
    }),
  );
});

test('in CP932 look-alikes are read back as the characters that they were fitted to', () => {
  const units = [...CP932, '\u301c', '\u2212', '\u2014', '\u00a5', 'か\u3099'];
  fc.assert(
    fc.property(ordersOf(CP932), textOf(units, 300), (orders, memo) => {
      fc.pre(orders.length > 0 && !hasCardData(bestFit(memo)));
      const withMemo = (text: string) =>
        orders.map((order) => ({ ...order, details: { ...order.details, memo: text } }));
      const { orders: found } = writeAndRead(withMemo(memo), 'cp932');
      expect(found).toEqual(withMemo(bestFit(memo)));
    }),
  );
});

test('a text in parts is joined to exactly the same text', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', ' ', '\u3000') });
  fc.assert(
    fc.property(text, fc.integer({ min: 1, max: 3 }), (whole, most) => {
      const parts = splitParts(whole, most);
      expect(joinParts(parts)).toBe(whole);
      expect(parts.length).toBeLessThanOrEqual(most);
    }),
  );
  expect(splitParts('大阪市北区 梅田 0-0-0 花ビル', 3)).toEqual([
    '大阪市北区',
    '梅田',
    '0-0-0 花ビル',
  ]);
});
