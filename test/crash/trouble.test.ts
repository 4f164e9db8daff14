import { beforeAll, expect, test } from 'vitest';
import { QUICK } from '../kit/timing.ts';
import { bulk } from './bulk.ts';
import { setClocksWrong } from './clocks.ts';
import { outage } from './outage.ts';
import { race } from './race.ts';
import type { Line } from './table.ts';
import { openTown, type Town } from './town.ts';

/** The short forms of `npm run crash -- race` and the like, in one town of two servers. */
let town: Town;
beforeAll(async () => {
  town = await openTown({ servers: 2, latencyMs: 10, cabled: true });
}, 120_000);

test(
  'F14, F15: when many people press at once, one call moves money, and everybody is told',
  {
    timeout: 120_000,
  },
  () => holds((say) => race(town, 12, say)),
);

test(
  'F19: while F-REGI is away people work, money waits, and afterwards each ask leaves once',
  {
    timeout: 120_000,
  },
  () =>
    holds((say) =>
      outage(town, { awaySeconds: 2, pressesPerSecond: 20, timing: QUICK }, say).then(withoutSpeed),
    ),
);

test(
  'F17, F18: a server is killed in a run with faulty calls, and each row tells its outcome',
  { timeout: 120_000 },
  () => holds((say) => bulk(town, { rounds: 2, rows: 60 }, say)),
);

test(
  'F38: with one server’s clock a day ahead and the other’s a day behind, money and dates are right',
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

/** Drops the speeds: they are figures of `npm run crash`, on a machine of its own. */
function withoutSpeed(report: readonly Line[]): Line[] {
  return report.filter(({ wanted }) => !wanted.endsWith('s') && wanted !== '≥ 150');
}

async function holds(run: (say: (line: string) => void) => Promise<Line[]>): Promise<void> {
  const said: string[] = [];
  const report = await run((line) => said.push(line));
  expect(said.filter((line) => line.startsWith('VIOLATION'))).toEqual([]);
  expect(report.filter((line) => !line.holds)).toEqual([]);
}
