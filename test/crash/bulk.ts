import { QUICK } from '../kit/timing.ts';
import { Desk, GROUPS, type Group, type Round } from './bulk-desk.ts';
import { judge, settle } from './judge.ts';
import { type Held, isCaptured, readLedger, readWire, setFaults } from './ledger.ts';
import { faultsAt } from './storm.ts';
import { fact, type Line, line } from './table.ts';
import { hire, SHOPS, type Shop, type Town } from './town.ts';

export type Bulk = {
  readonly rounds: number;
  /** The rows of each run. */
  readonly rows: number;
};

/** F-REGI's time for a call that succeeds: long enough that each run has a middle. */
const ANSWER_MS = 300;
const SETTLED_MS = 120_000;

/**
 * Runs of 入金済 with one faulty call in ten. In each run the server that carries it out is killed at
 * a random moment and restarted. F-REGI's ledger must confirm the group of each row: once when the
 * run has ended, and again when all doubts have.
 */
export async function bulk(
  town: Town,
  { rounds, rows }: Bulk,
  say: (line: string) => void,
): Promise<Line[]> {
  const { cookie } = await hire(town, '一括 係');
  const wrong: string[] = [];
  const done: Round[] = [];
  const slow = { kind: 'late_answer', delayMs: ANSWER_MS };
  await faultsAt(town, QUICK.callMs + QUICK.inFlightMs / 2, [slow]);
  for (let n = 0; n < rounds; n += 1) {
    const shop = SHOPS[n % SHOPS.length] ?? SHOPS[0];
    const round = await new Desk(town, shop, cookie).carryOut(n, rows);
    wrong.push(...judgeGroups(round.atItsEnd, await heldAt(town, shop)));
    done.push(round);
    if ((n + 1) % 5 === 0) say(`${n + 1} runs`);
  }
  const struck = await shareStruck(town);
  await setFaults(town.sandbox.url, []);
  say('settling');
  await settle(town, SETTLED_MS);

  const settled = new Map<string, Group | null>();
  for (const { shop, runId, atItsEnd } of done) {
    const now = await new Desk(town, shop, cookie).groupsOf(runId);
    wrong.push(...judgeGroups(now, await heldAt(town, shop)), ...judgeChange(atItsEnd, now));
    for (const [orderNumber, group] of now) settled.set(orderNumber, group);
  }
  const { violations } = await judge(town, []);
  wrong.push(...violations);
  for (const what of wrong.slice(0, 20)) say(`VIOLATION ${what}`);
  const doubles = await countDoubles(town);
  return report({ done, settled, struck, doubles, wrong: wrong.length });
}

function report(of: {
  readonly done: readonly Round[];
  readonly settled: ReadonlyMap<string, Group | null>;
  readonly struck: number;
  readonly doubles: number;
  readonly wrong: number;
}): Line[] {
  const { done, settled, struck, doubles, wrong } = of;
  const midway = done.filter(({ wasKilledMidway }) => wasKilledMidway).length;
  const selected = done.flatMap(({ numbers }) => numbers);
  const atTheEnds = new Map(done.flatMap(({ atItsEnd }) => [...atItsEnd]));
  const count = (groups: ReadonlyMap<string, Group | null>, wanted: Group) =>
    selected.filter((number) => groups.get(number) === wanted).length;
  const inAll = (groups: ReadonlyMap<string, Group | null>) =>
    GROUPS.reduce((sum, group) => sum + count(groups, group), 0);
  const sums = [inAll(atTheEnds), inAll(settled)];
  const missing = selected.length - inAll(settled);
  return [
    fact('faulty calls', `${(struck * 100).toFixed(1)} %`),
    line('runs, their server killed midway', `${midway}`, `${done.length}`, midway === done.length),
    line(
      'rows in the four groups, at once and settled',
      sums.join(', '),
      `${selected.length}`,
      sums.every((sum) => sum === selected.length),
    ),
    ...GROUPS.map((group) =>
      fact(`  ${group.replace('_', ' ')}`, `${count(atTheEnds, group)}, ${count(settled, group)}`),
    ),
    line('  still in doubt', `${count(settled, 'in_doubt')}`, '0', !count(settled, 'in_doubt')),
    line('missing', `${missing}`, '0', missing === 0),
    line('captured twice', `${doubles}`, '0', doubles === 0),
    line('violations, by F-REGI’s ledger', `${wrong}`, '0', wrong === 0),
  ];
}

/** Returns what F-REGI holds for each order of a shop. */
async function heldAt(town: Town, shop: Shop): Promise<Map<string, Held[]>> {
  const ledger = await readLedger(town.sandbox.url, `&shopid=${shop.fregiShopId}`);
  return Map.groupBy(ledger, ({ id }) => id);
}

/** 成功 must be captured; エラー and 未実行 must not; a row in doubt may be either. */
function judgeGroups(
  groups: ReadonlyMap<string, Group | null>,
  held: ReadonlyMap<string, readonly Held[]>,
): string[] {
  return [...groups].flatMap(([orderNumber, group]) => {
    const captured = held.get(orderNumber)?.some(isCaptured) ?? false;
    if (group === 'in_doubt' || (group !== null && captured === (group === 'succeeded'))) return [];
    return [`${orderNumber} is told as ${group}, and is ${captured ? '' : 'not '}captured`];
  });
}

/** Only a row in doubt may have changed its group since. */
function judgeChange(
  before: ReadonlyMap<string, Group | null>,
  now: ReadonlyMap<string, Group | null>,
): string[] {
  return [...before].flatMap(([orderNumber, group]) => {
    const after = now.get(orderNumber);
    if (group === 'in_doubt' || group === after) return [];
    return [`${orderNumber} was told as ${group}, and then as ${after}`];
  });
}

/** Returns the share of the last calls that went wrong at F-REGI. */
async function shareStruck(town: Town): Promise<number> {
  const calls = await readWire(town.sandbox.url);
  const struck = calls.filter(({ fault }) => fault !== null && fault !== 'late_answer');
  return struck.length / calls.length;
}

async function countDoubles(town: Town): Promise<number> {
  const ledger = await readLedger(town.sandbox.url);
  const sales = ({ history }: Held) =>
    history.filter(({ what, by }) => by === 'shop' && what === 'sale').length;
  return ledger.filter((held) => sales(held) > 1).length;
}
