import { beforeAll, expect, test } from 'vitest';
import { QUICK } from '../kit/timing.ts';
import { bulk } from './bulk.ts';
import { setClocksWrong } from './clocks.ts';
import { outage } from './outage.ts';
import { race } from './race.ts';
import type { Line } from './table.ts';
import { openTown, type Town } from './town.ts';

/** The short forms of `npm run crash -- race` and its like, in one town of two servers. */
let town: Town;
beforeAll(async () => {
  town = await openTown({ servers: 2, latencyMs: 10, cabled: true });
}, 120_000);

test(
  'F14, F15: pressed by many at once: one call that moves money, and everybody is told',
  {
    timeout: 120_000,
  },
  () => holds((say) => race(town, 12, say)),
);

test(
  'F19: F-REGI goes away and comes back: orders are worked on, money waits, and is asked once',
  {
    timeout: 120_000,
  },
  () =>
    holds((say) =>
      outage(town, { awaySeconds: 2, pressesPerSecond: 20, timing: QUICK }, say).then(withoutSpeed),
    ),
);

test(
  'F17, F18: a server killed in a run, with faulty calls: each row is told what became of it',
  { timeout: 120_000 },
  () => holds((say) => bulk(town, { rounds: 2, rows: 60 }, say)),
);

test(
  'F38: one server’s clock is a day ahead, the other’s a day behind: money and dates are right',
  { timeout: 120_000 },
  () =>
    holds((say) =>
      setClocksWrong(town, {
        seconds: 1,
        kills: 0,
        operators: 4,
        ordersPerShop: 40,
        real: false,
        say,
      }),
    ),
);

/** How fast it goes is a figure of `npm run crash`, on a machine of its own. */
function withoutSpeed(report: readonly Line[]): Line[] {
  return report.filter(({ wanted }) => !wanted.endsWith('s') && wanted !== '≥ 150');
}

async function holds(run: (say: (line: string) => void) => Promise<Line[]>): Promise<void> {
  const said: string[] = [];
  const report = await run((line) => said.push(line));
  expect(said.filter((line) => line.startsWith('VIOLATION'))).toEqual([]);
  expect(report.filter((line) => !line.holds)).toEqual([]);
}
