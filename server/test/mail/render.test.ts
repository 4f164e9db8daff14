import { MAIL_KIND, type MailKind } from '@renkei/core/domain/mails/mail-kinds.ts';
import { newOrder } from '@renkei/core/domain/order/place-order.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import { describe, expect, test } from 'vitest';
import { incoming } from '../../../test/kit/orders.ts';
import { checkTemplate, render, variablesOf } from '../../src/mail/render.ts';
import { DEFAULT_TEMPLATE } from '../../src/mail/templates.ts';

/** Templates with 置換文字: the refusals on saving, and the rendered text. */
const KINDS = keysOf(MAIL_KIND);

function context(occasion = '') {
  const base = incoming();
  const [first] = base.details.destinations;
  if (first === undefined) throw new Error('an order goes somewhere');
  const sent = {
    ...first,
    shippedOn: '2026-11-20',
    carrier: 'ヤマト運輸',
    trackingNumber: '111122223333',
  };
  const details = {
    ...base.details,
    destinations: [sent, { ...first, name: '佐藤 次郎', shippedOn: null }],
  };
  const { order } = newOrder('hanamichi', { ...base, details });
  return { shopName: '花道文具店', order, details, occasion };
}

test.each(KINDS)("Renkei's own template of %s is valid, and renders whole", (kind) => {
  const template = DEFAULT_TEMPLATE[kind];
  expect(checkTemplate(kind, template)).toEqual([]);
  const { subject, body } = render(template, context('on_hold:2'));
  expect(`${subject}${body}`).not.toMatch(/\$[A-Z]+\$|undefined|null|NaN/);
  expect(subject).toContain('【花道文具店】');
});

test.each(KINDS)('every variable offered for %s has a text', (kind) => {
  for (const { name } of variablesOf(kind)) {
    const { body } = render({ subject: '', body: `$${name}$` }, context('on_hold:2'));
    expect(body, name).not.toBe('');
    expect(body, name).not.toContain('$');
  }
});

describe('a template is refused', () => {
  test.each<[MailKind, string, string, string, string]>([
    ['thanks', '$ORDERCODE$', '$NAMEE$ 様', 'body', 'unknown'],
    ['thanks', '$ordercode$', 'x', 'subject', 'unknown'],
    ['thanks', '$constructor$', 'x', 'subject', 'unknown'],
    ['order_confirmation', 'x', '$SHIPMENTS$', 'body', 'no_value'],
    ['shipping_notice', 'x', '$STATUSNOTE$', 'body', 'no_value'],
    ['order_confirmation', '$PAIDDATE$', 'x', 'subject', 'no_value'],
  ])('ASVS 1.3.5: a template of %s with %s / %s is refused', (kind, subject, body, at, issue) => {
    expect(checkTemplate(kind, { subject, body })).toMatchObject([{ at, kind: issue }]);
  });

  test('a template with a price in dollars is not refused', () => {
    expect(checkTemplate('thanks', { subject: 'US$5 $', body: '$ 5$ and $5$' })).toEqual([]);
  });
});

describe('the rendered text', () => {
  test('ASVS 1.3.7: a rendered value is never read as a template again, and cannot break a header', () => {
    const wanted = context();
    const customer = { ...wanted.details.customer, name: '$BILLED$\r\nBcc: x@example.jp' };
    const details = { ...wanted.details, customer };
    const { subject } = render({ subject: '$NAME$', body: '' }, { ...wanted, details });
    expect(subject).toBe('$BILLED$ Bcc: x@example.jp');
  });

  test('a shipping notice tells only of the goods that went out on that occasion', () => {
    const { body } = render(DEFAULT_TEMPLATE.shipping_notice, context('shipped:3:0'));
    expect(body).toContain('送り状番号：111122223333');
    expect(body).toContain('発送日：2026/11/20');
    expect(body).not.toContain('佐藤 次郎');
  });

  test('the tax is told per rate, as the invoice system requires', () => {
    const { body } = render({ subject: '', body: '$TAX$' }, context());
    expect(body).toBe('10%対象 9,115円（内消費税 828円）');
  });
});
