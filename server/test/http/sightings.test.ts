import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';
import { encodeCp932 } from '../../src/csv/text/cp932.ts';

/** A shop without an inquiry lives by the console's CSV. */
let env: DevEnv;
let owner: Client;
beforeAll(async () => {
  env = await openDevEnv();
  owner = await env.signIn('owner', 'minato');
});

const LABELS: Record<string, string> = {
  authorized: '承認済',
  voided: '承認取消',
  captured_untransmitted: '売上済（未伝送）',
  refunded_untransmitted: '売上取消（未伝送）',
};

/** Returns the console's list of the shop's transactions, as it stands, in CP932. */
function exportConsole(edit = (text: string) => text): Buffer {
  const found = env.sandbox.gateway.ledger.list().filter(({ shopId }) => shopId === '90002');
  const rows = found.map(({ seqno, id, state, amount, authCode }) =>
    [seqno, id, LABELS[state], amount, '2026/11/08 19:28:26', authCode, '90002 みなと珈琲']
      .map((cell) => `"${cell}"`)
      .join(','),
  );
  const head = '"取引番号","伝票番号","ステータス","金額","承認日時","承認番号","店舗"';
  const text = edit([head, ...rows, ''].join('\r\n'));
  return Buffer.from(encodeCp932(text).bytes);
}

function upload(
  bytes: Buffer,
  more = '',
  exportedAt = new Date().toISOString(),
  by: Client = owner,
) {
  return by.post(`/v1/sightings/console-csv?exportedAt=${exportedAt}${more}`, {
    body: bytes,
    headers: { 'content-type': 'text/csv' },
  });
}

async function attended() {
  for (let tries = 0; tries < 100; tries += 1) {
    const { body } = await owner.get('/v1/attention');
    if (body.coverage.waiting === 0) return body;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('not compared');
}

async function atConsole(seqno: string, operation: string, body: object = {}) {
  const url = `${env.sandbox.url}/sandbox/v1/transactions/${seqno}/${operation}`;
  await fetch(url, { method: 'POST', body: JSON.stringify(body) });
}

test('A2: a change at the console is found by its CSV, linked anew, and captured', async () => {
  const orderNumber = await env.order({}, 'minato');
  const before = (await owner.get(`/v1/orders/${orderNumber}`)).body;
  await atConsole(before.transaction.seqno, 'change_amount', { amount: 8_000 });
  const bytes = exportConsole();

  const checked = await upload(bytes);
  expect(checked.body).toMatchObject({ imported: false, encoding: 'cp932', errors: [] });
  const { status, body } = await upload(bytes, '&mode=import&name=取引.csv');
  expect([status, body.imported]).toEqual([200, true]);
  expect(body.transactions).toMatchObject({ new: 2, withoutOrder: 0 });

  const list = await attended();
  expect(list.coverage.lastFile).toMatchObject({ name: '取引.csv', transactions: 2 });
  const [item] = list.items;
  expect(item).toMatchObject({ kind: 'link_broken', orderNumber, suggested: null });
  expect(item.theirs[0].source).toBe('console_csv');
  const { body: shown } = await owner.get(`/v1/attention/${item.id}`);
  const repaired = await owner.post(`/v1/attention/${item.id}/repair`, {
    version: shown.orderVersion,
    body: { repair: 'relink' },
  });
  expect([repaired.status, repaired.body.item.closed?.how]).toEqual([200, 'agreed']);
  const paid = await owner.post(`/v1/orders/${orderNumber}/payment`, {
    version: repaired.body.order.version,
    body: {},
  });
  expect([paid.status, paid.body.order.transaction.state]).toEqual([200, 'captured_untransmitted']);
});

test('the same file twice changes nothing', async () => {
  const bytes = exportConsole();
  await upload(bytes, '&mode=import');
  const { body } = await upload(bytes, '&mode=import');
  expect(body).toMatchObject({ imported: false, seenBefore: true });
});

test('an older file never lowers what is known', async () => {
  const orderNumber = await env.order({}, 'minato');
  const early = exportConsole();
  const earlyAt = new Date().toISOString();
  const { version } = (await owner.get(`/v1/orders/${orderNumber}`)).body;
  await owner.post(`/v1/orders/${orderNumber}/payment`, { version, body: {} });
  await upload(exportConsole(), '&mode=import');
  const { body } = await upload(early, '&mode=import', earlyAt);
  expect(body.imported).toBe(true);
  expect(body.transactions.older).toBeGreaterThan(0);
  const list = await attended();
  expect(
    list.items.filter((item: { orderNumber: string }) => item.orderNumber === orderNumber),
  ).toEqual([]);
  const order = (await owner.get(`/v1/orders/${orderNumber}`)).body;
  expect(order.transaction.state).toBe('captured_untransmitted');
});

test('D12: the CSV shows a transaction without an order, and an order with two live transactions', async () => {
  const orderNumber = await env.order({}, 'minato');
  const seed = (transactions: object[]) =>
    fetch(`${env.sandbox.url}/sandbox/v1/transactions`, {
      method: 'POST',
      body: JSON.stringify(transactions.map((one) => ({ shopId: '90002', amount: 500, ...one }))),
    });
  await seed([{ id: '999999999999', state: 'captured_untransmitted' }]);
  await seed([{ id: orderNumber, state: 'authorized' }]);
  await upload(exportConsole(), '&mode=import');
  const list = await attended();
  const strays = list.items.filter(({ kind }: { kind: string }) => kind === 'stray_transaction');
  expect(strays.map((one: { orderNumber: string | null }) => one.orderNumber).sort()).toEqual(
    [orderNumber, null].sort(),
  );
  const orphan = strays.find((one: { ours: object | null }) => one.ours === null);
  expect(orphan).toMatchObject({ urgency: 'now', amount: 500, code: 'D12' });
});

test('a wrong file is refused whole, with line, column and remedy', async () => {
  const otherShop = await upload(
    exportConsole((text) => text.replaceAll('90002 み', '90001 み')),
    '&mode=import',
  );
  expect(otherShop.body.imported).toBe(false);
  expect(otherShop.body.errors[0]).toMatchObject({ line: 2, column: '店舗' });
  const period = await upload(exportConsole(), '&mode=import&from=2026-01-01&to=2026-01-31');
  expect(period.body.errors[0].message).toMatch(/期間/);
  const future = await upload(exportConsole(), '', new Date(Date.now() + 86_400_000).toISOString());
  expect([future.status, future.body.code]).toEqual([422, 'exported_later']);
  const utf16 = await upload(Buffer.from('\ufeff取引番号', 'utf16le'));
  expect([utf16.status, utf16.body.code]).toEqual([422, 'bad_file']);
});

test('S6: a file makes 売上済 of 承認済 only once a second person has imported it, too', async () => {
  const orderNumber = await env.order({}, 'minato');
  const clerk = await env.signIn('clerk', 'minato');
  const { transaction } = (await owner.get(`/v1/orders/${orderNumber}`)).body;
  // A file that says what is not so: the sandbox has the order authorized.
  const forged = exportConsole((text) =>
    text
      .split('\r\n')
      .map((line) => (line.includes(transaction.seqno) ? line.replace('承認済', '売上済') : line))
      .map((line) => line.replace('"売上済"', '"売上済（未伝送）"'))
      .join('\r\n'),
  );
  const alone = await upload(forged, '&mode=import', undefined, clerk);
  expect(alone.body).toMatchObject({ imported: true, agreed: false });
  const itemsOf = async () =>
    (await attended()).items.filter((item: { orderNumber: string }) => {
      return item.orderNumber === orderNumber;
    });
  expect(await itemsOf()).toMatchObject([{ kind: 'file_unconfirmed', code: 'D20' }]);
  const stands = (await owner.get(`/v1/orders/${orderNumber}`)).body;
  expect(stands.transaction.state).toBe('authorized');
  // The same person once more is nobody else.
  const again = await upload(forged, '&mode=import', undefined, clerk);
  expect(again.body).toMatchObject({ imported: false, seenBefore: true, agreed: false });
  expect(await itemsOf()).toHaveLength(1);

  const second = await upload(forged, '&mode=import');
  expect(second.body).toMatchObject({ imported: false, seenBefore: true, agreed: true });
  const state = async () => (await owner.get(`/v1/orders/${orderNumber}`)).body.transaction.state;
  await expect.poll(state, { timeout: 10_000 }).toBe('captured_untransmitted');
  const { timeline } = (await owner.get(`/v1/orders/${orderNumber}`)).body;
  const corrected = timeline.find(({ kind }: { kind: string }) => kind === 'transaction_corrected');
  const names = [clerk, owner].map(async (one) => (await one.get('/v1/me')).body.user.name);
  expect(corrected.facts).toMatchObject({
    toldBy: (await Promise.all(names)).join('、'),
    fileHash: second.body.fileHash,
  });
});

test('S6: an accountant cannot say what F-REGI has', async () => {
  const accountant = await env.signIn('accountant', 'minato');
  const reply = await upload(exportConsole(), '&mode=import', undefined, accountant);
  expect(reply.status).toBe(403);
});
