import { expect, test } from 'vitest';
import { freePort } from '../../server/src/embedded/free-port.ts';
import { Cable } from '../kit/cable.ts';
import { type DevEnv, openDevEnv } from '../kit/worlds.ts';

/** PostgreSQL is out of reach for a while in the middle of work: no work is lost or done twice. */
let env: DevEnv | undefined;
let cable: Cable | undefined;

test('Renkei finds out a capture later when the database goes away before its answer', async () => {
  const port = await freePort();
  env = await openDevEnv({
    latencyMs: 300,
    databaseUrlOf(url) {
      const direct = new URL(url);
      cable = new Cable(port, Number(direct.port));
      void cable.mend();
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
  cable?.cut(); // the three calls are under way
  await Promise.all(pressed); // whatever the answers were

  const refused = await clerk.get('/v1/orders');
  expect([refused.status, refused.body.code]).toEqual([503, 'unavailable']);
  expect(refused.headers.get('retry-after')).toBe('5');
  const who = { email: 'nobody@example.jp', password: 'a long enough password' };
  const signIn = await clerk.post('/api/auth/sign-in/email', { body: who });
  expect([signIn.status, signIn.body.code]).toEqual([503, 'unavailable']);
  expect((await clerk.get('/readyz')).status).toBe(503);
  expect((await clerk.get('/healthz')).status).toBe(200);
  await new Promise((resolve) => setTimeout(resolve, 2_000));

  await cable?.mend();
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
