import type { Mutant } from './mutant.ts';

/** Mutants of the second person (F59). */
const within = (file: string) => (from: string, to: string) => ({ file, from, to });
const limits = within('core/src/domain/limits/limits.ts');
const reach = within('core/src/turns/second-person/reach.ts');
const review = within('core/src/turns/review.ts');
const proposing = within('core/src/turns/second-person/proposing.ts');

export const MUTANTS_OF_SECOND_PERSONS: readonly Mutant[] = [
  {
    name: 'nothing waits',
    breaks: 'a command above the limit is carried out at once',
    scenario: 'second person, nobody answers',
    edits: [reach('if (!isAboveLimit(', 'if (true || !isAboveLimit(')],
  },
  {
    name: 'the day does not count',
    breaks: 'the limit of a day is asked of each operation alone',
    scenario: 'second person, two refunds on a day',
    edits: [limits('before + amount > daily', 'amount > daily')],
  },
  {
    name: 'nothing is drawn',
    breaks: 'an operation does not count towards its person’s day',
    scenario: 'second person, two refunds on a day',
    edits: [reach('{ draw: { ...limited, n: drawn.last + 1, on }, waits: null }', 'ALONE')],
  },
  {
    name: 'a lower amount is no refund',
    breaks: 'one person gives back any amount by changing the captured one',
    scenario: 'second person, lowered, nobody answers',
    edits: [limits("isCaptured ? { kind: 'refund', amount: yen(held - amount) } : null", 'null')],
  },
  {
    name: 'a raise is nothing',
    breaks: 'one person takes any amount beyond what was approved',
    edits: [limits("return { kind: 'raise', amount: yen(amount - held) };", 'return null;')],
  },
  {
    name: 'strays do not count',
    breaks: 'the refund of a stray is judged by the order’s own transaction',
    edits: [limits('stray ?? order.transaction', 'order.transaction')],
  },
  {
    name: 'one agrees alone',
    breaks: 'whoever gave a command may agree to it',
    scenario: 'second person, agreed alone',
    edits: [proposing(' || actor.id === proposal.by.id', '')],
  },
  {
    name: 'newcomers agree',
    breaks: 'somebody agrees who has come to the shop a short while ago',
    scenario: 'second person, agreed by a newcomer',
    edits: [proposing("return isKnown ? null : 'too_new_to_agree';", 'return null;')],
  },
  {
    name: 'agreed too late',
    breaks: 'a person agrees after the time is over, before the proposal has ended by itself',
    scenario: 'second person, agreed too late',
    edits: [proposing("if (now >= proposal.until) return 'proposal_expired';", '')],
  },
  {
    name: 'agreed to another order',
    breaks: 'a command is carried out although the order has changed since it was proposed',
    scenario: 'second person, order changed',
    edits: [proposing("if (!isAsSeen(order, proposal.fits)) return 'proposal_overtaken';", '')],
  },
  {
    name: 'an agreement ends nothing',
    breaks: 'a proposal can be agreed to again and again',
    scenario: 'second person, agreed',
    edits: [proposing("return write(page, ended(proposal, 'agreed'));", 'return page;')],
  },
  {
    name: 'one person’s file is believed',
    breaks: 'a file of the console ends 要確認 by one person alone (S6)',
    scenario: 'second person, a forged file',
    edits: [review('seen.seenAt >= settledAt && !isHearsay(seen)', 'seen.seenAt >= settledAt')],
  },
];
