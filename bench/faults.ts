import { freshOrders } from './captures.ts';
import { call } from './load.ts';
import type { Result } from './report.ts';
import type { GatewayMode } from './stub-gateway.ts';
import type { BenchWorld } from './world.ts';

const FAULTS = ['lost', 'late', 'reset', 'time-out', 'double click', 'kill -9'] as const;
type Fault = (typeof FAULTS)[number];
const REPEATS = ['refuse', 'repeat', 'ignore'] as const;
const SETTLED_MS = 30_000;

const MODE: Record<Fault, Partial<GatewayMode>> = {
  lost: { faults: ['drop_after'] },
  late: { faults: ['late'] }, // later than our deadline
  reset: { faults: ['reset'] },
  'time-out': { faults: ['drop_before'], latencyMs: 1_200 },
  'double click': { latencyMs: 100 },
  'kill -9': { latencyMs: 400 },
};

/**
 * W10: faults on one order × gateways that refuse, repeat or ignore a second capture. The gateway's
 * ledger judges: one capture, and the order's state equal to it, without a person.
 */
export async function faults(world: BenchWorld): Promise<Result[]> {
  let right = 0;
  const wrong: string[] = [];
  for (const onRepeat of REPEATS) {
    for (const fault of FAULTS) {
      const outcome = await scenario(world, fault, onRepeat);
      if (outcome === 'right') right += 1;
      else wrong.push(`${fault} × ${onRepeat}: ${outcome}`);
    }
  }
  for (const line of wrong) console.log(`  W10 ${line}`);
  const all = FAULTS.length * REPEATS.length;
  return [
    {
      workload: 'W10',
      what: 'faults on one order: right',
      floor: '',
      ratio: '',
      ours: `${right} of ${all}`,
      target: `${all} of ${all}`,
      pass: right === all,
    },
  ];
}

async function scenario(
  world: BenchWorld,
  fault: Fault,
  onRepeat: GatewayMode['onRepeat'],
): Promise<string> {
  const [order = ''] = await freshOrders(world, 1);
  await world.behave({ ...MODE[fault], onRepeat });
  let { child, cookie } = await world.startRenkei(true);
  const press = () =>
    call('POST', `${child.url}/v1/orders/${order}/payment`, cookie, {}, 1).catch(() => null);
  const pressed = [press(), ...(fault === 'double click' ? [press()] : [])];
  if (fault === 'kill -9') {
    await new Promise((resolve) => setTimeout(resolve, 250));
    await child.kill('SIGKILL');
    ({ child, cookie } = await world.startRenkei(true));
  }
  await Promise.all(pressed);
  const outcome = await settle(world, child.url, cookie, order);
  await child.kill();
  return outcome;
}

async function settle(world: BenchWorld, url: string, cookie: string, order: string) {
  const until = performance.now() + SETTLED_MS;
  for (;;) {
    const { body } = await call('GET', `${url}/v1/orders/${order}`, cookie);
    const { operation, paidOn, transaction } = JSON.parse(body);
    const captured = (await world.ledger())[order.padStart(20, '0')] ?? 0;
    const open = ['asking', 'unknown'].includes(operation?.state);
    if (!open || performance.now() > until) {
      if (captured > 1) return 'captured twice';
      if (open || operation?.state === 'review') return `left open: ${operation?.state}`;
      const paid = paidOn !== null && transaction.state === 'captured_untransmitted';
      return paid === (captured === 1) ? 'right' : `says ${operation?.state}, captured ${captured}`;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
