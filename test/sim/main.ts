import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { crashLots, enumerateInParallel, INQUIRIES } from './crashes.ts';
import { measureAllDoubts } from './doubts.ts';
import { playInParallel } from './hands.ts';
import { type Catch, HUNT_SEEDS, huntInParallel, writeCaught } from './hunt.ts';
import { MUTANTS } from './mutants.ts';
import { writeProof } from './proof.ts';
import { reportOf } from './report.ts';
import { SCENARIOS } from './scenarios.ts';
import { play } from './world.ts';

/**
 * `npm run sim`: plays histories and prints the seeds that fail.
 * - `--seeds 20000 [--seed 1]`: plays so many seeds, from `--seed` on, in `--workers` threads.
 * - `--seed 17530`: plays this seed with its trace.
 * - `--mutants`: breaks the protocol in every known way and hunts for the first seed that sees it,
 *   up to 20,000; or, for a mutant that names its scenario, for the end of a process that does.
 *   Writes the places to caught-at.json, where `npm test` looks first. `--only` takes a part of a
 *   name, and hunts only the mutants with it.
 * - `--crashes [--pairs]`: ends a process at every one of its waits, in every scenario; with
 *   `--pairs` at every pair of waits, except in scenarios with too many waits.
 * - `--doubts`: how many doubts a person must answer, and how long the others last, beside goals.
 * - `--proof [--seeds 20000]`: all of these, written to docs/proof.md.
 */
const { values } = parseArgs({
  options: {
    seeds: { type: 'string' },
    seed: { type: 'string' },
    workers: { type: 'string' },
    mutants: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
    crashes: { type: 'boolean', default: false },
    pairs: { type: 'boolean', default: false },
    doubts: { type: 'boolean', default: false },
    proof: { type: 'boolean', default: false },
  },
});

const first = wholeNumber('seed', values.seed ?? '1');
if (values.mutants) await huntAll();
else if (values.crashes) await crashAll(values.pairs);
else if (values.doubts) await countDoubts();
else if (values.proof) await proveAll(wholeNumber('seeds', values.seeds ?? '20000'));
else if (values.seed !== undefined && values.seeds === undefined) await showOne(first);
else await playMany(first, wholeNumber('seeds', values.seeds ?? '2000'));

async function playMany(from: number, seeds: number): Promise<void> {
  const workers = wholeNumber('workers', values.workers ?? String(availableParallelism()));
  const began = performance.now();
  const summary = await playInParallel({ from, seeds, workers });
  const seconds = (performance.now() - began) / 1_000;
  const { user, system } = process.cpuUsage();
  const cpuSeconds = (user + system) / 1_000_000;
  console.log(reportOf(summary, { seconds, cpuSeconds, workers }));
  process.exitCode = summary.violations.length === 0 ? 0 : 1;
}

async function huntAll(): Promise<void> {
  const began = performance.now();
  const places = new Map<string, Catch>();
  const hunted = MUTANTS.filter(({ name }) => name.includes(values.only));
  const lives = await huntInParallel(hunted, availableParallelism(), ({ name }, caught) => {
    if (caught !== null) places.set(name, caught);
    const how = caught === null ? 'lives' : `${caught.at}: ${caught.invariant}`;
    console.log(`${name.padEnd(36)} ${how}`);
  });
  await writeCaught(places);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  const wrong = lives.filter(({ equivalent }) => equivalent === undefined);
  const argued = lives.length - wrong.length;
  console.log(
    `${hunted.length} mutants: ${places.size} caught, ${argued} argued equivalent, ${seconds} s`,
  );
  for (const { name } of wrong) console.log(`not caught in ${HUNT_SEEDS} seeds: ${name}`);
  process.exitCode = wrong.length === 0 ? 0 : 1;
}

async function proveAll(seeds: number): Promise<void> {
  process.exitCode = (await writeProof(seeds, availableParallelism())) ? 0 : 1;
}

async function countDoubts(): Promise<void> {
  const { rows, reached } = await measureAllDoubts();
  for (const row of rows) console.log(row.join(' | '));
  process.exitCode = reached ? 0 : 1;
}

async function crashAll(pairs: boolean): Promise<void> {
  const began = performance.now();
  const workers = wholeNumber('workers', values.workers ?? String(availableParallelism()));
  const sum = await enumerateInParallel(crashLots({ pairs }), workers);
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  for (const { run, invariant, what } of sum.violations)
    console.log(`${run}: ${invariant}: ${what}`);
  const places = `${SCENARIOS.length} scenarios × ${INQUIRIES.length} inquiries, ${sum.waits} waits`;
  console.log(`${places}: ${sum.runs} runs, ${sum.violations.length} violations, ${seconds} s`);
  process.exitCode = sum.violations.length === 0 ? 0 : 1;
}

async function showOne(seed: number): Promise<void> {
  const { trace, violation, fingerprint, events } = await play(seed);
  const start = trace[0]?.at ?? 0;
  for (const { at, who, what } of trace) {
    console.log(`${((at - start) / 1_000).toFixed(3).padStart(10)} s  ${who.padEnd(9)} ${what}`);
  }
  console.log(`seed ${seed}: ${events} events, fingerprint ${fingerprint}`);
  console.log(
    violation === null ? 'nothing is wrong' : `${violation.invariant}: ${violation.what}`,
  );
  process.exitCode = violation === null ? 0 : 1;
}

function wholeNumber(name: string, text: string): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= 1) return value;
  console.error(`--${name} takes a whole number from 1, not ${text}`);
  process.exit(2);
}
