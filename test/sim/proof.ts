import { writeFile } from 'node:fs/promises';
import { cpus } from 'node:os';
import { crashLots, enumerateInParallel, INQUIRIES } from './crashes.ts';
import { measureAllDoubts } from './doubts.ts';
import { FAULT_LABELS } from './faults.ts';
import { playInParallel } from './hands.ts';
import { type Catch, HUNT_SEEDS, huntInParallel } from './hunt.ts';
import { SOMETIMES } from './labels.ts';
import type { Mutant } from './mutant.ts';
import { MUTANTS } from './mutants.ts';
import { missing } from './report.ts';
import { SCENARIOS } from './scenarios.ts';

/** Runs the whole simulation and writes docs/proof.md. Resolves to whether all of it held. */
export async function writeProof(seeds: number, workers: number): Promise<boolean> {
  const caught = new Map<string, Catch>();
  const [simulated, simulatedIn] = await timed(() => playInParallel({ from: 1, seeds, workers }));
  const [crashed, crashedIn] = await timed(() =>
    enumerateInParallel(crashLots({ pairs: true }), workers),
  );
  const [alive, huntedIn] = await timed(() =>
    huntInParallel(MUTANTS, workers, ({ name }, found) => {
      if (found !== null) caught.set(name, found);
    }),
  );
  const doubts = await measureAllDoubts();
  const { violations } = simulated;
  const ran: Ran = { simulated, simulatedIn, crashed, crashedIn, caught, alive, huntedIn };
  const wrong = [
    ...violations.map(({ seed, invariant, what }) => `- seed ${seed}: ${invariant}: ${what}`),
    ...crashed.violations.map(({ run, invariant, what }) => `- ${run}: ${invariant}: ${what}`),
  ];
  const text = textOf(figuresOf(ran), wrong, doubts.rows, caught);
  await writeFile(new URL('../../docs/proof.md', import.meta.url), text);
  const isClean = violations.length === 0 && crashed.violations.length === 0;
  return isClean && alive.length === 0 && doubts.reached;
}

/** The result of a run, and the seconds of one core that it took. */
type Ran = {
  readonly simulated: Awaited<ReturnType<typeof playInParallel>>;
  readonly simulatedIn: number;
  readonly crashed: Awaited<ReturnType<typeof enumerateInParallel>>;
  readonly crashedIn: number;
  readonly caught: ReadonlyMap<string, Catch>;
  readonly alive: Awaited<ReturnType<typeof huntInParallel>>;
  readonly huntedIn: number;
};
type Figure = readonly [what: string, figure: string, violations: string];

function figuresOf(ran: Ran): readonly Figure[] {
  const { simulated, simulatedIn, crashed, crashedIn, caught, alive, huntedIn } = ran;
  const { labels, events, violations } = simulated;
  const reached = (all: readonly string[]) =>
    `${all.length - missing(all, labels).length} of ${all.length}`;
  return [
    [
      'histories',
      `${group(simulated.seeds)} seeds, ${group(events)} events`,
      `${violations.length}`,
    ],
    ['per second of one core', `${Math.round(simulated.seeds / simulatedIn)} histories`, ''],
    ['call × fault struck', reached(FAULT_LABELS), ''],
    ['states that must be reached', reached(SOMETIMES), ''],
    [
      `ends of a process: ${SCENARIOS.length} scenarios × ${INQUIRIES.length} inquiries, and pairs`,
      `${group(crashed.runs)} runs, ${Math.round(crashedIn)} s of one core`,
      `${crashed.violations.length}`,
    ],
    [
      `mutants caught within ${group(HUNT_SEEDS)} seeds, or by an end of a process`,
      `${caught.size} of ${MUTANTS.length}, ${Math.round(huntedIn)} s of one core`,
      `${alive.length} live`,
    ],
  ];
}

function textOf(
  figures: readonly Figure[],
  wrong: readonly string[],
  doubts: readonly (readonly string[])[],
  caught: ReadonlyMap<string, Catch>,
): string {
  return [
    '# Proof',
    '',
    'Written by `npm run sim -- --proof`: the last full run. What is proved, and what is not, stands',
    'in [money-operation.md](money-operation.md).',
    '',
    `${new Date().toISOString().slice(0, 10)}, Node ${process.version}, ${cpus()[0]?.model ?? ''}`,
    '',
    table(['what', 'figure', 'violations'], figures),
    '',
    ...(wrong.length === 0 ? [] : [...wrong, '']),
    '## Doubts',
    '',
    'At 5 % faulty calls, with nobody at the console: operations that a person was asked about, and',
    'how long a doubt lasted, from the ask on, that ended by itself. Goals in brackets.',
    '',
    table(['inquiry', 'operations', 'asked a person', 'doubts', 'p50', 'p99'], doubts),
    '',
    '## The mutants',
    '',
    'Each is the protocol with one thing broken, and the first seed, or end of a process, by which it is seen.',
    '',
    table(
      ['mutant', 'breaks', 'seen at', 'seen by'],
      MUTANTS.map((mutant) => rowOf(mutant, caught)),
    ),
    '',
  ].join('\n');
}

function rowOf({ name, breaks, equivalent }: Mutant, caught: ReadonlyMap<string, Catch>): string[] {
  const found = caught.get(name);
  if (found === undefined) return [name, breaks, '–', equivalent ?? 'nothing'];
  return [name, breaks, found.at, found.invariant];
}

/** Resolves to the result of the work and the seconds of one core that it took. */
async function timed<T>(work: () => Promise<T>): Promise<[T, number]> {
  const before = process.cpuUsage();
  const result = await work();
  const { user, system } = process.cpuUsage(before);
  return [result, (user + system) / 1_000_000];
}

function group(value: number): string {
  return value.toLocaleString('en-US');
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}
