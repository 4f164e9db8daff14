import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Mailbox } from '../../../demo/mailbox.ts';
import type { Client } from '../../../test/kit/clients.ts';
import { incoming } from '../../../test/kit/orders.ts';
import { openMailbox } from '../../../test/kit/servers.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** The shop's mails over real HTTP and SMTP: templates, previews, sending, history. */
let env: DevEnv;
let box: Mailbox;
let owner: Client;
beforeAll(async () => {
  box = await openMailbox();
  env = await openDevEnv({ smtpUrl: box.smtpUrl });
  owner = await env.signIn('owner');
});

async function templateOf(kind: string) {
  const { body } = await owner.get('/v1/mail-templates');
  return body.items.find((one: { kind: string }) => one.kind === kind);
}

async function save(kind: string, changes: object, locale: 'ja' | 'en' = 'ja') {
  const template = await templateOf(kind);
  const { subject, body, memberBody, afterword, sending, copyTo, version } = template;
  const wanted = { subject, body, memberBody, afterword, sending, copyTo, ...changes };
  return owner.send('PUT', `/v1/mail-templates/${kind}`, { body: wanted, version, locale });
}

const mailsOf = async (orderNumber: string) =>
  (await owner.get(`/v1/orders/${orderNumber}/mails`)).body;
const stateOf = async (orderNumber: string) => (await mailsOf(orderNumber)).items[0]?.state;
const counterOf = async (orderNumber: string, wanted: string) =>
  (await mailsOf(orderNumber)).counters.find(({ kind }: { kind: string }) => kind === wanted);

describe('templates', () => {
  test("templates change by version, are logged, and can go back to Renkei's own", async () => {
    const before = await templateOf('thanks');
    expect(before).toMatchObject({ isDefault: true, version: 0, label: 'サンクスメール' });
    expect(before.variables).toContainEqual({ name: 'ORDERCODE', label: '受注コード' });
    const saved = await save('thanks', {
      subject: 'ありがとう $NAME$ 様',
      copyTo: ['a@example.jp'],
    });
    expect(saved.body).toMatchObject({ isDefault: false, version: 1, copyTo: ['a@example.jp'] });
    const stale = await owner.send('PUT', '/v1/mail-templates/thanks', {
      body: { subject: 'x', body: 'y', sending: 'auto', copyTo: [] },
      version: 0,
    });
    expect([stale.status, stale.body.code]).toEqual([409, 'settings_changed']);
    expect(stale.body.current.version).toBe(1);
    const reset = await owner.send('DELETE', '/v1/mail-templates/thanks');
    expect(reset.body).toEqual(before);
    const log = (await owner.get('/v1/settings/log?limit=2')).body.items;
    expect(log).toMatchObject([
      { area: 'mail_template', subject: 'thanks', after: { subject: before.subject } },
      { after: { subject: 'ありがとう $NAME$ 様', copyTo: ['a@example.jp'] } },
    ]);
  });

  test('templates with an unknown variable, or one without a value, are refused in both languages', async () => {
    const changes = { subject: '$NAMEE$', body: '$SHIPMENTS$' };
    const ja = await save('thanks', changes);
    expect(ja.status).toBe(422);
    expect(ja.body.errors).toEqual([
      { pointer: '/subject', message: expect.stringMatching(/\$NAMEE\$.*置換文字/) },
      { pointer: '/body', message: expect.stringMatching(/\$SHIPMENTS\$.*値がありません/) },
    ]);
    const en = await save('thanks', changes, 'en');
    expect(en.body.errors[1].message).toContain('has no value');
    expect(await templateOf('thanks')).toMatchObject({ isDefault: true });
  });

  test.each([
    ['two lines of subject', { subject: 'a\nb' }],
    ['no subject', { subject: ' ' }],
    ['no text', { body: '\n ' }],
    ['no address', { copyTo: ['nobody'] }],
    ['six copies', { copyTo: Array.from({ length: 6 }, (_, n) => `c${n}@example.jp`) }],
  ])('templates with %s are refused', async (_what, changes) => {
    expect((await save('thanks', changes)).status).toBe(422);
  });
});

describe('a preview', () => {
  test('a preview shows a draft on a real order, and says why nothing would go out', async () => {
    const orderNumber = await env.order();
    const path = '/v1/mail-templates/payment_confirmation/preview';
    const draft = { orderNumber, subject: '$ORDERCODE$', body: '$NAME$ $BILLED$' };
    expect((await owner.post(path, { body: draft })).body).toEqual({
      to: 'hanako@example.jp',
      copyTo: [],
      willSend: true,
      reason: null,
      subject: orderNumber,
      body: '髙﨑 花子 9,115円',
    });
    await save('payment_confirmation', { sending: 'never' });
    const off = await owner.post(path, { body: { orderNumber } });
    expect(off.body).toMatchObject({
      willSend: false,
      reason: expect.stringContaining('送信しない'),
    });
    await owner.send('DELETE', '/v1/mail-templates/payment_confirmation');
    const wrong = await owner.post(path, { body: { orderNumber, body: '$X$' } });
    expect([wrong.status, wrong.body.errors[0].pointer]).toEqual([422, '/body']);
  });
});

describe('会員専用本文 and あとがき', () => {
  const parts = { body: '本文 $NAME$', memberBody: '会員の $NAME$ 様へ', afterword: '$SHOPNAME$' };
  const path = '/v1/mail-templates/thanks/preview';

  test('members read their own text, everybody the end; a whole text stands alone', async () => {
    await save('thanks', parts);
    const base = incoming();
    const customer = { ...base.details.customer, isMember: true };
    const member = await env.order({ details: { ...base.details, customer } });
    const guest = await env.order();
    const textFor = async (orderNumber: string, more: object = {}) =>
      (await owner.post(path, { body: { orderNumber, ...more } })).body.body;
    const forMembers = '本文 髙﨑 花子\n\n会員の 髙﨑 花子 様へ\n\n花道文具店';
    expect(await textFor(member)).toBe(forMembers);
    expect(await textFor(guest)).toBe('本文 髙﨑 花子\n\n花道文具店');
    expect(await textFor(guest, { asMember: true })).toBe(forMembers);
    expect(await textFor(member, { asMember: false, afterword: '' })).toBe('本文 髙﨑 花子');
    await owner.post(`/v1/orders/${member}/mails`, { body: { kind: 'thanks' } });
    await owner.post(`/v1/orders/${guest}/mails`, { body: { kind: 'thanks', body: '別の文' } });
    const sent = async (orderNumber: string) => (await mailsOf(orderNumber)).items[0]?.body;
    expect([await sent(member), await sent(guest)]).toEqual([forMembers, '別の文']);
    await owner.send('DELETE', '/v1/mail-templates/thanks');
  });

  test('会員専用本文 and あとがき are checked like the text', async () => {
    const { status, body } = await save('thanks', { memberBody: '$X$', afterword: '$SHIPMENTS$' });
    expect(status).toBe(422);
    expect(body.errors.map(({ pointer }: { pointer: string }) => pointer)).toEqual([
      '/memberBody',
      '/afterword',
    ]);
  });
});

describe('a test of a template', () => {
  test('a test mail goes only to the person who asks, and counts on no order', async () => {
    const orderNumber = await env.order();
    const { user } = (await owner.get('/v1/me')).body;
    const path = '/v1/mail-templates/thanks/test';
    const body = { orderNumber, subject: '試し $ORDERCODE$', body: '$NAME$' };
    const key = randomUUID();
    expect(await owner.post(path, { body, key })).toMatchObject({
      status: 202,
      body: { to: user.email },
    });
    await owner.post(path, { body, key });
    const arrived = () => box.mails.filter(({ subject }) => subject.startsWith('【テスト】'));
    await expect.poll(() => arrived().length, { timeout: 10_000 }).toBe(1);
    expect(arrived()[0]).toMatchObject({
      to: user.email,
      subject: `【テスト】試し ${orderNumber}`,
      text: expect.stringContaining('髙﨑 花子'),
    });
    expect((await mailsOf(orderNumber)).items).toEqual([]);
    expect(await counterOf(orderNumber, 'thanks')).toMatchObject({ sentCount: 0 });
  });

  test('only the owner may send a test mail', async () => {
    const clerk = await env.signIn('clerk');
    const { status } = await clerk.post('/v1/mail-templates/thanks/test', {
      body: { orderNumber: await env.order() },
    });
    expect(status).toBe(403);
  });
});

describe('sending by hand', () => {
  test('C8: sending by hand sends exactly the preview, once, counts it, and keeps the text', async () => {
    const orderNumber = await env.order();
    const words = { subject: 'お礼 $NAME$ 様', body: '$ORDERCODE$ を承りました。' };
    const key = randomUUID();
    const path = `/v1/orders/${orderNumber}/mails`;
    const send = () => owner.post(path, { body: { kind: 'thanks', ...words }, key });
    expect((await send()).status).toBe(202);
    await send();
    await expect.poll(() => stateOf(orderNumber), { timeout: 10_000 }).toBe('sent');
    const mails = box.mails.filter(({ subject }) => subject === 'お礼 髙﨑 花子 様');
    expect(mails).toHaveLength(1);
    expect(mails[0]?.text.trim()).toBe(`${orderNumber} を承りました。`);
    const { items } = await mailsOf(orderNumber);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({
      kind: 'thanks',
      to: 'hanako@example.jp',
      body: `${orderNumber} を承りました。`,
      actor: expect.stringContaining('owner'),
    });
    expect(await counterOf(orderNumber, 'thanks')).toMatchObject({ sentCount: 1 });
    expect(await counterOf(orderNumber, 'payment_confirmation')).toMatchObject({ sentCount: 0 });
  });

  test('C8: a payment confirmation by hand counts on the order, as an automatic one does', async () => {
    const orderNumber = await env.order();
    const path = `/v1/orders/${orderNumber}/mails`;
    await owner.post(path, { body: { kind: 'payment_confirmation' } });
    const sentCount = async () =>
      (await owner.get(`/v1/orders/${orderNumber}`)).body.paymentMail.sentCount;
    await expect.poll(sentCount, { timeout: 10_000 }).toBe(1);
  });

  test('sending is refused without an address, and for a kind that the shop does not send', async () => {
    const base = incoming();
    const details = { ...base.details, customer: { ...base.details.customer, email: '' } };
    const orderNumber = await env.order({ details });
    const path = `/v1/orders/${orderNumber}/mails`;
    const refused = await owner.post(path, { body: { kind: 'thanks' } });
    expect([refused.status, refused.body.code]).toEqual([409, 'mail_withheld']);
    expect(refused.body.detail).toContain('宛先');
    expect((await mailsOf(orderNumber)).items).toEqual([]);
  });
});

describe('policies', () => {
  test('S2, M6: a preview promises no mail that the shop never sends', async () => {
    const orderNumber = await env.order();
    const mails = async () => {
      const paying = await owner.post(`/v1/orders/${orderNumber}/payment/preview`, { body: {} });
      const many = { orderNumbers: [orderNumber] };
      const run = await owner.post('/v1/runs/preview', { body: many });
      const { paymentMail } = (await owner.get(`/v1/orders/${orderNumber}`)).body;
      return [paying.body.mail, run.body.mails, paymentMail.policy];
    };
    const policy = async (paymentMail: string) => {
      const { version } = (await owner.get('/v1/settings')).body;
      const paymentPolicies = { card_fregi: { authorizeAtOrder: true, paymentMail } };
      await owner.send('PATCH', '/v1/settings', { version, body: { paymentPolicies } });
    };
    expect(await mails()).toEqual([true, 1, 'auto']);
    await policy('never');
    expect(await mails()).toEqual([false, 0, 'never']);
    await policy('manual');
    expect(await mails()).toEqual([true, 1, 'manual']);
    await policy('auto');
    await save('payment_confirmation', { sending: 'never' });
    expect(await mails()).toEqual([false, 0, 'never']);
    await owner.send('DELETE', '/v1/mail-templates/payment_confirmation');
  });

  test('S2: a kind that is never sent is withheld at the capture, and the order says so', async () => {
    const { body: settings } = await owner.get('/v1/settings');
    const policy = { authorizeAtOrder: true, paymentMail: 'never' };
    await owner.send('PATCH', '/v1/settings', {
      body: { paymentPolicies: { card_fregi: policy } },
      version: settings.version,
    });
    const orderNumber = await env.order();
    await owner.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version: 1 });
    await expect.poll(() => stateOf(orderNumber), { timeout: 10_000 }).toBe('withheld');
    const [mail] = (await mailsOf(orderNumber)).items;
    expect(mail).toMatchObject({ body: null, error: expect.stringContaining('決済種別') });
    const { body: now } = await owner.get('/v1/settings');
    await owner.send('PATCH', '/v1/settings', {
      body: { paymentPolicies: { card_fregi: { ...policy, paymentMail: 'auto' } } },
      version: now.version,
    });
  });

  test("the mails of a new order go out if the shop's policy says so, with copies and the notice", async () => {
    await save('order_confirmation', { sending: 'auto', copyTo: ['shop@example.jp'] });
    await save('order_notice_1', { sending: 'auto', copyTo: ['oms@example.jp'] });
    const order = { ...incoming(), transaction: undefined, paymentKind: 'bank_transfer' };
    expect((await owner.post('/v1/orders', { body: order })).status).toBe(201);
    const { orderNumber } = order;
    const sent = async () =>
      (await mailsOf(orderNumber)).items
        .filter(({ state }: { state: string }) => state === 'sent')
        .map(({ kind, to, copyTo }: Record<string, unknown>) => [kind, to, copyTo])
        .sort();
    await expect.poll(sent, { timeout: 10_000 }).toEqual([
      ['order_confirmation', 'hanako@example.jp', ['shop@example.jp']],
      ['order_notice_1', 'oms@example.jp', []],
    ]);
    await owner.send('DELETE', '/v1/mail-templates/order_confirmation');
    await owner.send('DELETE', '/v1/mail-templates/order_notice_1');
  });
});
