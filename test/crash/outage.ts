import type { Timing } from '../../core/src/turns/timing.ts';
import type { Cable } from '../kit/cable.ts';
import { settle } from './judge.ts';
import { setFaults } from './ledger.ts';
import { judgeOutage, takeStock, untilEnded } from './outage-judge.ts';
import { Staff, TOLD } from './outage-work.ts';
import { sleep } from './processes.ts';
import { fact, type Line, line, percentile } from './table.ts';
import { SHOPS, type Town } from './town.ts';

/** The length of F-REGI's outage, and the presses at each of the two shops meanwhile. */
export type Outage = {
  readonly awaySeconds: number;
  readonly pressesPerSecond: number;
  /** The timing of the servers. */
  readonly timing: Timing;
};

/**
 * The line of one shop refuses; the line of the other accepts connections and swallows everything.
 */
const [DEAD, CUT] = SHOPS;
/** At each shop: presses before the lines go, and presses whose answers are lost with them. */
const BEFORE = 5;
const UNDERWAY = 8;
const UNDERWAY_MS = 1_500;
const WAITING_MIN = 150;
const DRAINED_MAX_S = 120;
const DRAIN_MIN = 5;
const DOUBT_GRACE_S = 30;

/** F-REGI goes out of reach of a cabled town, and comes back. Its ledger tells the outcomes. */
export async function outage(
  town: Town,
  { awaySeconds, pressesPerSecond, timing }: Outage,
  say: (line: string) => void,
): Promise<Line[]> {
  const orders = BEFORE + UNDERWAY + Math.ceil(awaySeconds * pressesPerSecond) + 1;
  const dead = await Staff.at(town, DEAD, orders);
  const cut = await Staff.at(town, CUT, orders);
  const all = [dead, cut];
  await pressTogether(all, BEFORE);
  for (const { told } of all) {
    if (told.some((one) => one !== 'done')) throw new Error(`before it: ${told}`);
    told.length = 0;
  }

  await setFaults(town.sandbox.url, [
    { kind: 'late_answer', share: 0.5, delayMs: UNDERWAY_MS },
    { kind: 'late_act', delayMs: UNDERWAY_MS },
  ]);
  const pressed = pressTogether(all, UNDERWAY);
  const underway = await untilUnderway(town, UNDERWAY);
  for (const staff of all) staff.isAway = true;
  cableOf(town, DEAD).deaden();
  cableOf(town, CUT).cut();
  await setFaults(town.sandbox.url, []);
  say(`the lines are gone, with ${underway} calls underway`);
  await Promise.all(all.map((staff) => staff.workFor(awaySeconds * 1_000, pressesPerSecond)));
  for (const staff of all) staff.isAway = false;
  await Promise.all([...town.cables.values()].map((cable) => cable.mend()));
  const returned = await takeStock(town);
  say(`the lines are back, ${returned.waiting.length} wait, ${returned.doubts.length} in doubt`);
  await Promise.all([pressed, ...all.map((staff) => staff.answered())]);

  const { at, waiting, doubts } = returned;
  const drained = await untilEnded(town, waiting, at, 2_000 * DRAINED_MAX_S);
  say(`what waited has ended after ${drained.seconds.toFixed(1)} s`);
  await settle(town, 4 * timing.quarantineMs + 1_000 * awaySeconds);
  const settled = await untilEnded(town, doubts, at, 0);
  const wrong = await judgeOutage(town, all);
  for (const what of wrong.slice(0, 20)) say(`VIOLATION ${what}`);
  return [
    fact('F-REGI away', `${awaySeconds} s: one line dead, one cut`),
    ...linesOfWork(all),
    ...linesOfPresses(town, all),
    ...linesOfDrain(waiting.length, drained),
    ...linesOfDoubts(doubts.length, settled.seconds, timing),
    line('violations, by F-REGI’s ledger', `${wrong.length}`, '0', wrong.length === 0),
  ];
}

function linesOfWork(all: readonly Staff[]): Line[] {
  const served = all.flatMap((staff) => staff.served);
  const well = served.filter(({ status }) => status < 300).length;
  const broken = served.filter(({ status }) => status >= 500).length;
  const p95 = percentile(
    served.map(({ ms }) => ms),
    0.95,
  );
  return [
    line('work without money, served', `${well}`, `${served.length}`, well === served.length),
    line('  of it answered with 5xx', `${broken}`, '0', broken === 0),
    fact('  p95', `${p95.toFixed(0)} ms`),
  ];
}

function linesOfPresses(town: Town, all: readonly Staff[]): Line[] {
  const told = all.flatMap((staff) => staff.told);
  const counts = TOLD.map((one) => [one, told.filter((other) => other === one).length] as const);
  const honest = told.filter((one) => one !== 'wrong').length;
  const withdrawn = all.reduce((sum, staff) => sum + staff.withdrawn.length, 0);
  const waits = all.map(
    (staff) => `${staff.shop.shopId} ${staff.told.filter((one) => one === 'waits').length}`,
  );
  const knocks = cableOf(town, DEAD).swallowed.filter((sent) => sent.startsWith('HEAD / ')).length;
  return [
    line('presses told the truth', `${honest}`, `${told.length}`, honest === told.length),
    ...counts.map(([one, count]) => fact(`  ${one.replace('_', ' ')}`, `${count}`)),
    fact('  of those that wait', waits.join(', ')),
    line('withdrawn', `${withdrawn}`, '> 0', withdrawn > 0),
    line('knocks at the dead line', `${knocks}`, '> 0', knocks > 0),
  ];
}

type Ended = Awaited<ReturnType<typeof untilEnded>>;

function linesOfDrain(waiting: number, { well, seconds }: Ended): Line[] {
  const rate = waiting / seconds;
  return [
    line(
      'waiting at its return, surely not asked',
      `${waiting}`,
      `≥ ${WAITING_MIN}`,
      waiting >= WAITING_MIN,
    ),
    line('  done, or withdrawn', `${well}`, `${waiting}`, well === waiting),
    line('  all of it after', seconds1(seconds), `≤ ${DRAINED_MAX_S} s`, seconds <= DRAINED_MAX_S),
    line('  that is', `${rate.toFixed(1)}/s`, `≥ ${DRAIN_MIN}/s`, rate >= DRAIN_MIN),
  ];
}

/** The last look at a doubt may come as long after its quarantine as its call could have taken. */
function linesOfDoubts(doubts: number, seconds: number, timing: Timing): Line[] {
  const most = (timing.quarantineMs + timing.callMs) / 1_000 + DOUBT_GRACE_S;
  return [
    line('in doubt at its return', `${doubts}`, '> 0', doubts > 0),
    line('  settled after', seconds1(seconds), `≤ ${most} s`, seconds <= most),
  ];
}

function seconds1(seconds: number): string {
  return `${seconds.toFixed(1)} s`;
}

async function pressTogether(all: readonly Staff[], presses: number): Promise<void> {
  for (let n = 0; n < presses; n += 1) for (const staff of all) staff.press();
  await Promise.all(all.map((staff) => staff.answered()));
}

/** Resolves once at least so many written calls have no answer. */
async function untilUnderway(town: Town, count: number): Promise<number> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const { rowCount } = await town.db.query(`select from steps where state = 'sent'`);
    if (rowCount !== null && rowCount >= count) return rowCount;
    await sleep(5);
  }
  throw new Error(`never ${count} calls underway at once`);
}

function cableOf(town: Town, shop: { readonly shopId: string }): Cable {
  const cable = town.cables.get(shop.shopId);
  if (cable === undefined) throw new Error('the town is not cabled');
  return cable;
}
