import { DEEDS, sendCardholders } from './cardholders.ts';
import { applyForDeliveries, countDeliveries, planDeliveryOutage } from './deliveries.ts';
import type { TraceLine } from './kernel.ts';
import { count, type Labels } from './labels.ts';
import { countMails } from './mails.ts';
import { placeSomeOrders } from './orders.ts';
import { meddle, Reviewer } from './outsiders.ts';
import { countPayments, placeRedirect } from './payments.ts';
import { workOnSomeOrder } from './people.ts';
import { planRestore } from './restore.ts';
import { revokeSomePayments } from './revokers.ts';
import { beginSomeRun, countRuns } from './runs.ts';
import { Scene, type Violation } from './scene.ts';
import { answerSomeProposals, countProposals, setLimits } from './second-persons.ts';
import { shareSlips } from './slips.ts';
import { MINUTE_MS } from './stage.ts';
import { countStrays, planStraysAndOutages } from './strays.ts';

/**
 * One history of a day at two shops: operators, two processes, F-REGI, people at its console, and
 * every fault; then the faults end, everybody answers, and the judge checks all invariants.
 */
export type History = {
  readonly seed: number;
  readonly violation: Violation | null;
  readonly trace: readonly TraceLine[];
  readonly fingerprint: number;
  readonly events: number;
  readonly labels: Labels;
};

const TROUBLE_MS = 8 * MINUTE_MS;

/** Some seeds, or all: on a rough day nobody can look at F-REGI, and every shop shares its slips. */
export type Weather = 'mixed' | 'rough';

/** Plays the history of a seed. Never rejects because of the code under test. */
export async function play(seed: number, weather: Weather = 'mixed'): Promise<History> {
  const rough = weather === 'rough' || seed % 12 === 8;
  const sky = rough ? ({ rough, inquiry: 'none' } as const) : {};
  const scene = new Scene({ seed, timely: seed % 10 !== 0, ...sky });
  const { kernel, store, ledger, labels } = scene;
  placeSomeOrders(kernel.random, store, ledger);
  if (kernel.random.chance(0.25)) placeRedirect(scene);
  if (kernel.random.chance(0.2)) applyForDeliveries(scene);
  if (seed % 7 === 2) sendCardholders(scene, () => kernel.random.pick(DEEDS));
  if (rough || seed % 5 === 4) shareSlips(scene);
  planDay(scene);
  // Only in some histories: the histories of the other seeds stay as they were.
  if (seed % 5 === 3) planStraysAndOutages(scene);
  if (seed % 11 === 5) planDeliveryOutage(scene);
  if (seed % 4 === 2) revokeSomePayments(scene);
  if (seed % 6 === 1) {
    setLimits(scene);
    answerSomeProposals(scene);
  }
  await scene.play(TROUBLE_MS);
  for (const { state } of store.operations.values()) count(labels, `ended: ${state}`);
  countRuns(scene);
  countMails(scene);
  countPayments(scene);
  countDeliveries(scene);
  countStrays(scene);
  countProposals(scene);
  const { trace, fingerprint, events } = kernel;
  return { seed, violation: scene.violation, trace, fingerprint, events, labels };
}

function planDay(scene: Scene): void {
  const { kernel, ledger, gateway, processes } = scene;
  const { random } = kernel;
  const some = (least: number, most: number, act: () => void) => {
    const times = random.int(least, most);
    for (let i = 0; i < times; i += 1) kernel.after(random.int(0, 5 * MINUTE_MS), act);
  };
  some(7, 12, () => workOnSomeOrder(scene));
  if (random.chance(0.3)) some(1, 2, () => meddle(scene, ledger));
  if (random.chance(0.2)) some(1, 1, () => ledger.transmit());
  if (random.chance(0.15)) some(1, 1, () => gateway.goDown(random.int(5_000, 3 * MINUTE_MS)));
  if (random.chance(0.4)) some(1, 2, () => beginSomeRun(scene));
  if (random.chance(0.15)) planRestore(scene);
  some(0, 2, () => random.pick(processes).kill());
  some(0, 2, () => random.pick(processes).pause(random.int(1_000, 4 * MINUTE_MS)));
  new Reviewer(scene, ledger).lookRoundAfter(0);
}
