import { readFile } from 'node:fs/promises';
import { beforeAll, expect, test } from 'vitest';
import { Client, type Reply } from '../kit/clients.ts';
import { isCaptured, readLedger } from './ledger.ts';
import type { Ailment } from './processes.ts';
import { EMAIL, openTown, PASSWORD, SHOPS, type Town } from './town.ts';

/**
 * The part of `npm run crash -- disk` that needs no disk of its own: the server may write only some
 * kilobytes into a file. As on a full disk, a file takes a part of a write and then refuses.
 */
const FULL: Ailment = { blocksMax: 8 };
const ORDERS = 80;
const [shop] = SHOPS;
const of = `shop=${shop.shopId}`;

let town: Town;
let numbers: string[];
beforeAll(async () => {
  town = await openTown({ servers: 0, latencyMs: 5 });
  numbers = await town.placeOrders(shop, ORDERS);
}, 120_000);

/** Restarts the town's only server. Resolves to a signed-in client. */
async function begin(ailment: Ailment): Promise<Client> {
  await town.servers[0]?.kill();
  town.ailments[0] = ailment;
  const { url } = await town.startServer(0);
  return Client.signIn(url, EMAIL, PASSWORD);
}

const captured = async () => (await readLedger(town.sandbox.url)).filter(isCaptured).length;

/** Presses with one key until an answer tells the outcome. */
async function pay(client: Client, orderNumber = '', version = 1): Promise<Reply> {
  const path = `/v1/orders/${orderNumber}/payment?${of}`;
  for (;;) {
    const wanted = { body: {}, version, key: `${orderNumber} ${version}` };
    const reply = await client.post(path, wanted);
    if (reply.status !== 202) return reply;
  }
}

test('F35: on a full disk no unmarked call leaves, no CSV is cut off, and people are told', async () => {
  const clerk = await begin(FULL);
  let paid = 0;
  let reply = await pay(clerk, numbers[0]);
  while (reply.status === 200) {
    paid += 1;
    reply = await pay(clerk, numbers[paid]);
  }
  expect([reply.status, reply.body.code]).toEqual([503, 'not_noted']);
  expect(reply.body.outcome).toBe('not_sent');
  expect(paid).toBeGreaterThan(5);
  expect(await captured()).toBe(paid);
  const marks = (await readFile(`${town.directory}/seals-0.jsonl`, 'utf8')).split('\n');
  expect(marks.filter((mark) => mark.includes('"what":"step"'))).toHaveLength(paid);
  const filter = { sort: 'orderNumber', direction: 'asc' };
  const { body: selection } = await clerk.post(`/v1/selections?${of}`, { body: filter });
  const file = `/v1/exports?${of}&selection=${selection.id}&layout=futureshop`;
  const refused = await clerk.get(file);
  expect([refused.status, refused.body.code]).toEqual([507, 'no_room']);

  const later = await begin({});
  const { body: order } = await later.get(`/v1/orders/${numbers[paid]}?${of}`);
  expect(order).toMatchObject({ paidOn: null, operation: { state: 'not_sent' } });
  expect((await pay(later, numbers[paid], order.version)).status).toBe(200);
  expect(await captured()).toBe(paid + 1);
  const whole = await later.get(file);
  expect(whole.status).toBe(200);
  expect(whole.body.trimEnd().split('\r\n')).toHaveLength(ORDERS + 1);
}, 120_000);
