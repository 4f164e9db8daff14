import type { Mutant } from './mutant.ts';

/**
 * Mutants that forget the owner of a transaction (O1), in one place after the other; the index
 * forgets it, too.
 */

const inFile = (file: string) => (from: string, to: string) => ({ file, from, to });
const ownership = inFile('core/src/domain/drift/ownership.ts');
const page = inFile('core/src/turns/page.ts');
const judge = inFile('core/src/turns/judge.ts');
const protocol = inFile('core/src/turns/protocol.ts');
const store = inFile('test/sim/memory-store.ts');

const NO_INDEX = store('this.#refuseOwner(before, after);', '');

export const MUTANTS_OF_SLIPS: readonly Mutant[] = [
  {
    name: 'another’s is a stray',
    breaks: 'what our books name as another order’s is cancelled as a stray',
    edits: [
      ownership(
        "if (owner.kind === 'known') return 'transaction_of_another_order';",
        "if (owner.kind === 'known' && command.kind === 'relink') return 'transaction_of_another_order';\n  if (owner.kind === 'known') return null;",
      ),
      NO_INDEX,
    ],
  },
  {
    name: 'another’s is linked to',
    breaks: 'an order is linked to what our books name as another order’s',
    edits: [
      ownership(
        "if (owner.kind === 'known') return 'transaction_of_another_order';",
        "if (owner.kind === 'known' && command.kind !== 'relink') return 'transaction_of_another_order';",
      ),
      NO_INDEX,
    ],
  },
  {
    name: 'what is being made is nobody’s',
    breaks: 'a transaction that another order has asked for, and not heard of, is a stray',
    edits: [
      ownership('const perhaps = mates.find(({ isMaking }) => isMaking) ?? ', 'const perhaps = '),
    ],
  },
  {
    name: 'what is being made is linked to',
    breaks: 'an order is linked to what another one may be making',
    edits: [ownership("command.kind === 'relink' && !owner.isMaking", "command.kind === 'relink'")],
  },
  {
    name: 'a look takes another’s for its own',
    breaks: 'what an inquiry shows of another order’s is read as an answer to this one’s ask',
    edits: [
      page('return seen.filter(({ seqno }) => !isAnothers(seqno, page.books));', 'return seen;'),
    ],
  },
  {
    name: 'twins are told apart by a guess',
    breaks: 'a transaction that two orders may have made is taken for the one’s that looks first',
    edits: [
      judge("return isDisputed && restsOnIt ? { kind: 'unclear' } : meaning;", 'return meaning;'),
    ],
  },
  {
    name: 'a person’s word makes it ours',
    breaks: 'an answer to 要確認 that names another order’s transaction is taken in',
    edits: [
      protocol(
        'if (seen !== null && isAnothers(seen.seqno, page.books)) return rest(page, null);',
        '',
      ),
      NO_INDEX,
    ],
  },
];
