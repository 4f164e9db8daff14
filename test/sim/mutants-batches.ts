import type { Mutant } from './mutant.ts';

/** Mutants of turns in batches. */
const within = (file: string) => (from: string, to: string) => ({ file, from, to });
const batches = within('core/src/turn-batches.ts');
const store = within('test/sim/memory-store.ts');

export const MUTANTS_OF_BATCHES: readonly Mutant[] = [
  {
    name: 'an order is in a batch twice',
    breaks: 'two turns of one order are decided on the same page and written together',
    edits: [
      batches(' && !turns.has(name)', ''),
      batches('turns.set(name, one)', 'turns.set(name + turns.size, one)'),
    ],
  },
  {
    name: 'a batch asks before its commit',
    breaks: 'the turns of a batch go on before they are written',
    edits: [
      batches(
        '      const written = await',
        '      for (const { one, result } of decided) one.resolve(result);\n      const written = await',
      ),
    ],
  },
  {
    name: 'a loser counts as a winner',
    breaks: 'a turn of a batch goes on though somebody else has written its order',
    edits: [batches('written[at] === true ?', 'written[at] !== undefined ?')],
  },
  {
    name: 'a batch writes over others',
    breaks: 'a batch does not compare how often its orders were written',
    edits: [store('written.filter(stands)', 'written')],
  },
];
