import { connect, createServer, type Server, type Socket } from 'node:net';
import { afterEach, expect, test } from 'vitest';
import { freePort } from '../../demo/ports.ts';
import { type DevEnv, openDevEnv } from '../dev-env.ts';

/** PostgreSQL is out of reach for a while, in the middle of work: nothing is lost or done twice. */
let env: DevEnv | undefined;
let line: Line | undefined;
afterEach(async () => {
  await env?.close();
  await line?.close();
});

test('the database goes away between a capture and its answer: it is found out later', async () => {
  const port = await freePort();
  env = await openDevEnv({
    latencyMs: 300,
    databaseUrlOf(url) {
      const direct = new URL(url);
      line = new Line(port, Number(direct.port));
      direct.port = String(port);
      return direct.href;
    },
  });
  const clerk = await env.signIn('clerk');
  const numbers = await Promise.all([env.order(), env.order(), env.order()]);
  const press = (orderNumber: string) =>
    clerk.post(`/v1/orders/${orderNumber}/payment`, { body: {}, version: 1, key: orderNumber });

  const pressed = numbers.map((orderNumber) => press(orderNumber));
  await expect.poll(steps, { timeout: 5_000, interval: 5 }).toBe(3);
  line?.cut(); // the three calls are underway
  await Promise.all(pressed); // whatever they were answered

  const refused = await clerk.get('/v1/orders');
  expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
  expect(refused.headers.get('retry-after')).toBe('5');
  expect((await clerk.get('/readyz')).status).toBe(503);
  expect((await clerk.get('/healthz')).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 2_000));

  line?.mend();
  const stateOf = async (orderNumber: string) => {
    const { status, body } = await clerk.get(`/v1/orders/${orderNumber}`);
    return status === 200 ? body.operation?.state : status;
  };
  for (const orderNumber of numbers) {
    await expect.poll(() => stateOf(orderNumber), { timeout: 20_000 }).toBe('succeeded');
    const repeated = await press(orderNumber);
    expect(repeated.body.operation.state).toBe('succeeded');
  }
  const ledger = env.sandbox.gateway.ledger.list();
  expect(ledger.map(({ state }) => state)).toEqual(numbers.map(() => 'captured_untransmitted'));
  expect(ledger.every(({ history }) => history.length === 2)).toBe(true); // seeded, captured
});

async function steps(): Promise<number> {
  const result = await env?.db.query(`select 1 from steps where state = 'sent'`);
  return result?.rowCount ?? 0;
}

/** A line to the database that can be cut: connections break, and new ones are refused. */
class Line {
  readonly #port: number;
  readonly #target: number;
  readonly #sockets = new Set<Socket>();
  #server: Server | null = null;

  constructor(port: number, target: number) {
    this.#port = port;
    this.#target = target;
    this.mend();
  }

  mend(): void {
    this.#server = createServer((near) => {
      const far = connect(this.#target, '127.0.0.1');
      for (const socket of [near, far]) {
        this.#sockets.add(socket);
        socket.on('error', () => {});
        socket.on('close', () => this.#sockets.delete(socket));
      }
      near.pipe(far).pipe(near);
    });
    this.#server.listen(this.#port, '127.0.0.1');
  }

  cut(): void {
    this.#server?.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    this.cut();
  }
}
