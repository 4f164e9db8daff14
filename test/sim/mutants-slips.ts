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
const store = inFile('test/sim/memory-refusals.ts');

const NO_INDEX = store('refuseOwner(store, before, after);', '');

export const MUTANTS_OF_SLIPS: readonly Mutant[] = [
  {
    name: 'another’s is a stray',
    breaks: 'a transaction that our books give to another order is cancelled as a stray',
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
    breaks: 'an order is linked to a transaction that our books give to another order',
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
    breaks: 'a transaction that another order has asked for, without an answer yet, is a stray',
    edits: [ownership('making: ({ isMaking }) => isMaking,', 'making: () => false,')],
  },
  {
    name: 'what is being made is linked to',
    breaks: 'an order is linked to a transaction that another order may be making',
    edits: [ownership("command.kind === 'relink' && !isOpen", "command.kind === 'relink'")],
  },
  {
    name: 'a look from before is believed',
    breaks:
      'an order takes or cancels a transaction by a look from before the end of another’s ask',
    edits: [
      ownership(
        'asked: ({ unmadeAt }, seenAt) => unmadeAt !== null && seenAt <= unmadeAt,',
        'asked: () => false,',
      ),
    ],
    scenario: 'shared slip, linked by a look of before',
  },
  {
    name: 'what was asked in vain is never made',
    breaks: 'a transaction that another order asked for in vain, made too late, is a stray',
    edits: [ownership('late: ({ unmadeAt }) => unmadeAt !== null,', 'late: () => false,')],
    scenario: 'shared slip, made too late',
  },
  {
    name: 'what replaces another’s is a stray',
    breaks: 'a transaction that may replace the one that another order has lost is a stray',
    edits: [ownership('bereft: (mate) => mate.isBereft,', 'bereft: () => false,')],
    scenario: 'shared slip, replaced at the console',
  },
  {
    name: 'what nobody saw has not moved',
    breaks: 'a file without another order’s transaction counts as if it showed it live',
    edits: [
      ownership(
        'unseen: ({ liveAt }, seenAt) => liveAt !== null && liveAt < seenAt,',
        'unseen: () => false,',
      ),
    ],
    scenario: 'shared slip, replaced, and not in the file',
  },
  {
    name: 'a look takes another’s for its own',
    breaks: 'another order’s transaction in an inquiry is read as an answer to this order’s ask',
    edits: [
      page('return seen.filter(({ seqno }) => !isAnothers(seqno, page.books));', 'return seen;'),
    ],
  },
  {
    name: 'twins are told apart by a guess',
    breaks: 'a transaction that two orders may have made goes to the order that looks first',
    edits: [
      judge("return isInDispute && restsOnIt ? { kind: 'unclear' } : meaning;", 'return meaning;'),
    ],
  },
  {
    name: 'what a restore has forgotten is ours',
    breaks:
      'after a restore, a transaction that another order of the slip may have asked for goes to the order that looks',
    edits: [ownership('return isForgetful || books.mates', 'return books.mates')],
    scenario: 'restored, twin’s authorization forgotten',
  },
  {
    name: 'a forgotten order shares nothing',
    breaks: 'after a restore, a slip that our books show of one order is taken to be its alone',
    edits: [
      ownership(
        'acceptedAt <= books.restoredAt;',
        'acceptedAt <= books.restoredAt && books.mates.length > 0;',
      ),
    ],
    scenario: 'restored, twin itself forgotten',
  },
  {
    name: 'a person’s word makes it ours',
    breaks: 'an answer to 要確認 that names another order’s transaction is accepted',
    edits: [
      protocol(
        'if (seen !== null && isAnothers(seen.seqno, page.books)) return rest(page, null);',
        '',
      ),
      NO_INDEX,
    ],
  },
];
