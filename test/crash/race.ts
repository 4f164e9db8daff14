import { judge, settle } from './judge.ts';
import { type Held, readLedger } from './ledger.ts';
import { contend, DEEDS, type Deed, PRESSES, pressTogether } from './race-rounds.ts';
import { fact, type Line, line } from './table.ts';
import { hire, SHOPS, type Town } from './town.ts';

const AT_A_TIME = 100;

/** The state that each deed leaves at F-REGI, and how often it moves money there. */
const LEAVES: Readonly<Record<Deed['name'], readonly [state: string, moves: number]>> = {
  pay: ['captured_untransmitted', 1],
  'cancel, with F-REGI': ['voided', 1],
  'cancel, without F-REGI': ['authorized', 0],
  'change the amount': ['authorized', 0],
  'put on hold': ['authorized', 0],
};

/** Without a winner, which is a violation by itself, no state fits. */
function leaves(winner: Deed['name'] | undefined): readonly [string, number] {
  return winner === undefined ? ['', 0] : LEAVES[winner];
}

/**
 * Sends the same press many times at once, and lets different people act on one order at once, over
 * all servers of a town, so many rounds of each. F-REGI's ledger tells the outcomes.
 */
export async function race(
  town: Town,
  rounds: number,
  say: (line: string) => void,
): Promise<Line[]> {
  const people = await Promise.all(DEEDS.map((_, n) => hire(town, `競争 ${n + 1}`)));
  const wrong: string[] = [];
  const winners = new Map<Deed['name'], number>();
  let repeats = 0;
  let reused = 0;
  let told = 0;
  let underway = 0;
  for (let done = 0; done < rounds; done += AT_A_TIME) {
    const shop = SHOPS[(done / AT_A_TIME) % SHOPS.length] ?? SHOPS[0];
    const count = Math.min(AT_A_TIME, rounds - done);
    const orders = await town.placeOrders(shop, 2 * count);
    const expected = new Map<string, readonly [string, number]>();
    for (const [n, orderNumber] of orders.entries()) {
      const at = { town, shop, orderNumber, people };
      const round = n < count ? await pressTogether(at) : await contend(at);
      wrong.push(...round.wrong.map((what) => `${orderNumber}: ${what}`));
      expected.set(orderNumber, leaves(round.winner));
      if ('equal' in round) {
        repeats += round.equal ? 1 : 0;
        reused += round.reused ? 1 : 0;
        underway += round.underway;
      } else {
        told += round.told;
        if (round.winner) winners.set(round.winner, (winners.get(round.winner) ?? 0) + 1);
      }
    }
    await settle(town, 60_000);
    const ledger = await readLedger(town.sandbox.url, `&shopid=${shop.fregiShopId}`);
    wrong.push(...compare(expected, ledger));
    say(`${done + count} rounds of each`);
  }
  const { violations } = await judge(town, []);
  wrong.push(...violations);
  for (const what of wrong.slice(0, 20)) say(`VIOLATION ${what}`);
  const won = [...winners.values()].reduce((sum, count) => sum + count, 0);
  const losers = rounds * (DEEDS.length - 1);
  return [
    line(
      `${PRESSES} at once, the same answer in the end`,
      `${repeats}`,
      `${rounds}`,
      repeats === rounds,
    ),
    fact('  of them told first that it is underway', `${underway} of ${rounds * PRESSES}`),
    line('the same key for something else: 422', `${reused}`, `${rounds}`, reused === rounds),
    line(`${DEEDS.length} people at once, one wins`, `${won}`, `${rounds}`, won === rounds),
    line('others told who, what, since when', `${told}`, `${losers}`, told === losers),
    ...DEEDS.map(({ name }) => fact(`  won: ${name}`, `${winners.get(name) ?? 0}`)),
    line('violations, by F-REGI’s ledger', `${wrong.length}`, '0', wrong.length === 0),
  ];
}

/** Compares the state at F-REGI of each order, and how often it was moved there. */
function compare(
  expected: ReadonlyMap<string, readonly [string, number]>,
  ledger: readonly Held[],
): string[] {
  const held = Map.groupBy(ledger, ({ id }) => id);
  return [...expected].flatMap(([orderNumber, [state, moves]]) => {
    const own = held.get(orderNumber) ?? [];
    const moved = own.flatMap(({ history }) => history).filter(({ by }) => by === 'shop').length;
    const states = own.map((one) => one.state).join();
    if (states === state && moved === moves) return [];
    return [`${orderNumber}: ${states} after ${moved} moves, expected ${state} after ${moves}`];
  });
}
