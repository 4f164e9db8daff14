import { TIMING } from '../../core/src/turns/timing.ts';
import { QUICK } from '../kit/timing.ts';
import { judge, linesOfEnd, SETTLED_MS, settle } from './judge.ts';
import { setFaults } from './ledger.ts';
import { Operators } from './operators.ts';
import { faultsAt, type Storm, weather } from './storm.ts';
import { fact, type Line, line, percentile } from './table.ts';
import { openTown, SHOPS } from './town.ts';

export type CrashOptions = {
  readonly storm: Storm;
  readonly operators: number;
  readonly ordersPerShop: number;
  /** Uses the deadlines of production. */
  readonly real: boolean;
  readonly say: (line: string) => void;
};

/** Opens a town, lets people work through a storm, waits until all rests, and judges. */
export async function runCrash(options: CrashOptions): Promise<Line[]> {
  const { storm, real, say } = options;
  const timing = real ? TIMING : QUICK;
  const town = await openTown({ servers: 2, latencyMs: 40, real });
  try {
    const orders = new Map<string, string[]>();
    for (const shop of SHOPS) {
      orders.set(shop.shopId, await town.placeOrders(shop, options.ordersPerShop));
    }
    await faultsAt(town, timing.callMs + timing.inFlightMs / 2);
    const operators = await Operators.begin(town, orders, options.operators);
    const weathered = await weather(town, storm, say);
    await operators.stop();
    await setFaults(town.sandbox.url, []);
    say('settling');
    const settledMs = await settle(town, SETTLED_MS * 2);
    const { presses } = operators;
    const judged = await judge(town, presses);
    for (const violation of judged.violations) say(`VIOLATION ${violation}`);
    const p95 = percentile(weathered.readyMs, 0.95);
    const { kills, pauses, crashes } = weathered;
    return [
      fact('SIGKILL of a server', `${kills}`),
      fact('SIGSTOP of a server', `${pauses} of ${storm.pauseMs / 1_000} s`),
      fact('immediate ends of the database', `${crashes}`),
      fact('presses, acknowledged', `${presses.length}, ${judged.acknowledged}`),
      fact('orders, captured', `${judged.orders}, ${judged.captured}`),
      line('violations', `${judged.violations.length}`, '0', judged.violations.length === 0),
      line('ready again, p95', `${p95.toFixed(0)} ms`, '≤ 3000 ms', p95 <= 3_000),
      ...linesOfEnd(judged, settledMs),
    ];
  } finally {
    await town.close();
  }
}
