import { call, measure, median } from './load.ts';
import { clearOrders, makeOrders, orderNumber, placeForCapture } from './orders.ts';
import { limit, type Result, time } from './report.ts';
import type { BenchWorld } from './world.ts';

const LIST = '/v1/orders?tab=unpaid&kinds=card_fregi&limit=200';

/** W3: the unpaid card list with number, both sums and tab counts, as the shop grows. */
export async function lists(
  world: BenchWorld,
  rounds: number,
  sizes: readonly number[],
): Promise<Result[]> {
  const results: Result[] = [];
  for (const size of sizes) {
    await clearOrders(world.db);
    await makeOrders(world.db, size, 10);
    const { child, cookie } = await world.startRenkei();
    const ours: number[] = [];
    const floor: number[] = [];
    const ask = async (base: string, sign: string, path: string, times: number) => {
      const items = Array.from({ length: times });
      return measure(items, 1, async () => {
        const { status, body } = await call('GET', `${base}${path}`, sign);
        if (status !== 200) throw new Error(body);
      });
    };
    await ask(child.url, cookie, LIST, 30);
    await ask(world.floor.url, '', LIST, 30);
    for (let round = 0; round < rounds; round += 1) {
      floor.push((await ask(world.floor.url, '', LIST, 60)).p50);
      ours.push((await ask(child.url, cookie, LIST, 60)).p50);
    }
    const name = size.toLocaleString('en');
    const most = size >= 1_000_000 ? 1 : 2;
    results.push(time('W3', `list of ${name} orders, p50`, median(ours), median(floor), most));
    for (const [what, q] of [
      ['name', '佐々木 5'],
      ['phone', `03${String(size - 5).padStart(8, '0')}`],
      ['取引番号', orderNumber(size - 10).padStart(20, '0')],
    ] as const) {
      const path = `/v1/orders?limit=200&q=${encodeURIComponent(q)}`;
      const { p95 } = await ask(child.url, cookie, path, 20);
      results.push(limit('W3', `search by ${what}, ${name} orders, p95`, p95, 50, 'ms'));
    }
    await child.kill();
  }
  return results;
}

/** W8: the list while 20 captures wait on a gateway that hangs for 5 seconds. */
export async function listUnderHangingGateway(world: BenchWorld): Promise<Result[]> {
  await clearOrders(world.db);
  await world.forget();
  await makeOrders(world.db, 10_000, 10);
  const orders = await placeForCapture(world.db, 20, 10_001);
  const { child, cookie } = await world.startRenkei();
  const look = (times: number) =>
    measure(Array.from({ length: times }), 1, async () => {
      await call('GET', `${child.url}${LIST}`, cookie);
    });
  await look(30);
  const idle = await look(60);
  await world.behave({ latencyMs: 5_000 });
  const hanging = orders.map((number) =>
    call('POST', `${child.url}/v1/orders/${number}/payment`, cookie, {}, 1),
  );
  await new Promise((resolve) => setTimeout(resolve, 500));
  const busy = await look(60);
  await Promise.all(hanging);
  await world.behave({});
  await child.kill();
  return [time('W8', 'list while 20 captures hang, p50', busy.p50, idle.p50, 2)];
}
