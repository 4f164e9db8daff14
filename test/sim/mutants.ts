import type { Mutant } from './mutant.ts';
import { MUTANTS_AROUND } from './mutants-around.ts';
import { MUTANTS_OF_BATCHES } from './mutants-batches.ts';
import { MUTANTS_OF_CARDHOLDERS } from './mutants-cardholders.ts';
import { MUTANTS_REVOKED } from './mutants-revoked.ts';
import { MUTANTS_OF_SECOND_PERSONS } from './mutants-second-persons.ts';
import { MUTANTS_OF_SLIPS } from './mutants-slips.ts';

const inFile = (name: string) => (from: string, to: string) => ({
  file: `core/src/${name}.ts`,
  from,
  to,
});
const accept = inFile('turns/accept');
const ending = inFile('turns/ending');
const inDoubt = inFile('turns/in-doubt');
const judge = inFile('turns/judge');
const page = inFile('turns/page');
const perform = inFile('perform');
const protocol = inFile('turns/protocol');
const correctPaidOn = inFile('domain/rules/correct-paid-on');
const timing = inFile('turns/timing');
const store = (from: string, to: string) => ({ file: 'test/sim/memory-refusals.ts', from, to });

/** The constants without the inequalities that hold them together. */
const UNCHECKED = timing('Timing = checkTiming({', 'Timing = ((given: Timing) => given)({');

export const MUTANTS: readonly Mutant[] = [
  {
    name: 'no fence',
    breaks: 'an answer counts for any open step',
    edits: [protocol('page.step?.n === n && isOpenStep', 'isOpenStep')],
  },
  {
    name: 'late answers count',
    breaks: 'an answer counts although its step is closed',
    edits: [protocol('page.step?.n === n && isOpenStep(page.step)', 'page.step?.n === n')],
  },
  {
    name: 'no quarantine',
    breaks: 'an ask without a sighting after 5 s counts as not carried out',
    edits: [UNCHECKED, timing('quarantineMs: 150_000', 'quarantineMs: 5_000')],
  },
  {
    name: 'short quarantine',
    breaks: 'the time that a request may be under way after our deadline is forgotten',
    edits: [UNCHECKED, timing('quarantineMs: 150_000', 'quarantineMs: 76_000')],
  },
  {
    name: 'absence is believed at once',
    breaks: 'an inquiry that shows nothing yet is proof, before the quarantine',
    edits: [protocol('if (looked.from < settlesAt(step, timing)) return', 'if (false) return')],
  },
  {
    name: 'old sightings count',
    breaks: 'the age of a sighting counts from when it is heard',
    edits: [protocol('if (looked.from < settlesAt', 'if (page.now < settlesAt')],
  },
  {
    name: 'no quarantine without inquiry',
    breaks: 'without an inquiry the doubt ends while a call may still be under way',
    edits: [
      protocol('if (page.now < settledAt) return restInDoubt(page, settledAt);', ''),
      inDoubt(
        'page.settings.inquiry ? page.now + timing.lookMs : lateAt',
        'page.now + timing.lookMs',
      ),
    ],
  },
  {
    name: 'blind replay of a change',
    breaks: 'a change of amount and an authorization are asked again when their answer is lost',
    edits: [
      protocol(
        "proofWithoutLooks(step.verb) === 'person' || transaction === null",
        'transaction === null',
      ),
    ],
  },
  {
    name: 'call before write',
    breaks: 'the first ask leaves before its step is committed',
    edits: [
      perform(
        'accept(page, earlier, wanted, world.timing);',
        `{ const turn = accept(page, earlier, wanted, world.timing);
           if (turn.next.kind === 'ask') early = world.gateway.ask(askOf(turn.page, turn.next.step));
           return turn; };`,
      ),
      perform(
        '  return gateway.ask(ask);',
        '  const given = early; early = null; return given ?? gateway.ask(ask);',
      ),
      perform(
        'export type World = {',
        'let early: Promise<Answer> | null = null;\nexport type World = {',
      ),
    ],
  },
  {
    name: 'no one-open-operation',
    breaks: 'a second operation is accepted while one is open, and no index refuses it',
    edits: [
      accept('if (page.operation !== null) return', 'if (false) return'),
      store('if (isOpen(operation) && others.some(isOpen)) {', 'if (false) {'),
    ],
  },
  {
    name: 'time-out is failure',
    breaks: 'a call without an answer in time counts as not carried out',
    edits: [
      protocol(
        'return hearUnknown(page, operation, step, { code: null, text: answer.cause }, timing);',
        "return end(closeStep(page, step, 'refused', null), 'declined', 'gateway_unreachable');",
      ),
    ],
  },
  {
    name: 'blind retry',
    breaks: 'a call without an answer in time is asked again at once',
    edits: [
      protocol(
        'return hearUnknown(page, operation, step, { code: null, text: answer.cause }, timing);',
        "return hearUnsent(page, operation, step, { ...answer, kind: 'unsent' }, timing);",
      ),
    ],
  },
  {
    name: 'already captured is failure',
    breaks: 'F-REGI’s “already done” is no proof of our own earlier ask',
    edits: [judge('if (repeat && PROOF[verb] === refusal)', 'if (false)')],
  },
  {
    name: 'already captured is success',
    breaks: 'F-REGI’s “already done” is taken for our doing when we had not asked before (C6)',
    edits: [judge('if (repeat && PROOF[verb] === refusal)', 'if (PROOF[verb] === refusal)')],
  },
  {
    name: 'open step forgotten',
    breaks: 'a process that takes up an operation asks the next step as if none had been sent',
    edits: [
      protocol(
        'return isOpenStep(step) ? doubt(page, operation, step, timing) : advance(page, timing);',
        "return advance(isOpenStep(step) ? closeStep(page, step, 'unsent', null) : page, timing);",
      ),
    ],
  },
  {
    name: 'no key dedup',
    breaks: 'the same key is a new operation each time it comes',
    edits: [
      accept('if (earlier !== null) {', 'if (false) {'),
      store('if (keyed !== undefined && keyed.id !== operation.id) {', 'if (false) {'),
    ],
  },
  {
    name: 'no send window',
    breaks: 'an ask is sent however long ago it was written',
    edits: [perform('if (stopwatch() - writtenAfter > timing.sendWindowMs) {', 'if (false) {')],
  },
  {
    name: 'send window counted from the commit',
    breaks: 'the send window begins after the commit, and not before it',
    edits: [
      perform(
        '  const writtenAfter = world.stopwatch();\n  return { ...(await turn()), writtenAfter };',
        '  const made = await turn();\n  return { ...made, writtenAfter: world.stopwatch() };',
      ),
    ],
  },
  {
    name: 'taken over too early',
    breaks: 'the sender of an ask is presumed gone after 3 s',
    edits: [UNCHECKED, timing('takeoverMs: 80_000', 'takeoverMs: 3_000')],
  },
  {
    name: 'the new number is lost',
    breaks: 'the 取引番号 of a changed transaction is not written',
    edits: [
      page(
        'return { ...transaction, seqno, authCode, amount: step.amount, authorizedAt: page.now };',
        'return { ...transaction, authCode, amount: step.amount, authorizedAt: page.now };',
      ),
    ],
  },
  {
    name: 'amount not changed',
    breaks: 'the held amount is captured, whatever was approved',
    edits: [protocol('operation.goal, operation.amount);', 'operation.goal, transaction.amount);')],
  },
  {
    name: 'stale screen',
    breaks: 'a command is carried out although the order has changed since it was shown',
    edits: [accept('expectedVersion !== null && !isAsSeen(page.order, expectedVersion)', 'false')],
  },
  {
    name: 'a change counts as a mail',
    breaks: 'a change since the screen was shown is taken for a mail that went out',
    edits: [{ file: 'core/src/domain/order/order.ts', from: 'changedIn <= seen && ', to: '' }],
  },
  {
    name: 'unsent repeat ends the doubt',
    breaks: 'a repeat that never left settles that its first ask did not happen',
    edits: [protocol('if (step.repeat) return keepDoubt(', 'if (false) return keepDoubt(')],
  },
  {
    name: 'unclear is declined',
    breaks: 'a refusal that leaves the outcome open is taken for a no',
    edits: [
      judge(
        "return { kind: 'unclear' };\n    case 'card",
        "return { kind: 'declined', reason: 'request_rejected' };\n    case 'card",
      ),
    ],
  },
  {
    name: 'two live are not seen',
    breaks: 'two live transactions of one slip are read as one',
    edits: [judge("if (live.length > 1) return { kind: 'two_live' };", '')],
  },
  {
    name: 'transmitted is no capture',
    breaks: 'a capture that was transmitted in the meantime is somebody else’s doing',
    edits: [
      {
        file: 'core/src/domain/transaction/link.ts',
        from: '  if (isCaptured(state)) return isCaptured(other);\n',
        to: '',
      },
    ],
  },
  {
    name: 'found is taken for done',
    breaks: 'another’s doing in an inquiry is written as ours',
    edits: [
      protocol(
        "return correct(tried, step, 'inquiry', asSeen(page, meaning.seen));",
        "return settle(tried, step, 'proven', asSeen(page, meaning.seen), null, timing);",
      ),
    ],
  },
  {
    name: 'declined is goal reached',
    breaks: 'the event after the goal is recorded even when F-REGI refused',
    edits: [ending("outcome === 'succeeded'", 'true')],
  },
  {
    name: 'declined change, captured anyway',
    breaks: 'a refusal that F-REGI gives is passed over, and the operation ends as done',
    edits: [
      protocol(
        "return end(declineAuthorization(closed, step), 'declined', meaning.reason);",
        "return end(declineAuthorization(closed, step), 'succeeded', null);",
      ),
    ],
  },
  {
    name: 'review is the end',
    breaks: 'an outcome that only a person can tell is shown as declined',
    edits: [
      ending(
        "{ ...operation, state: 'review', reason, challengePage: null };",
        "{ ...operation, state: 'declined', reason, challengePage: null, endedAt: page.now };",
      ),
    ],
  },
  {
    name: 'a person’s no is a yes',
    breaks: 'a step that a person has not found at the console is written as done',
    edits: [
      protocol(
        "return end(closed, 'declined', 'confirmed_not_executed');",
        "return end(closed, 'succeeded', null);",
      ),
    ],
  },
  {
    name: 'doubt never looked at again',
    breaks: 'no process takes up an unknown outcome',
    edits: [
      inDoubt(
        'page.settings.inquiry ? page.now + timing.lookMs : lateAt',
        'Number.MAX_SAFE_INTEGER',
      ),
    ],
  },
  {
    name: 'mail lost',
    breaks: 'the mail is not written with the payment that it confirms',
    edits: [
      page(
        'const mails = [...page.mails, ...mailsAfter(event, order.version)];',
        'const mails = page.mails;',
      ),
    ],
  },
  {
    name: 'change without its entry',
    breaks: 'the order changes and the journal does not',
    edits: [page('entries: [...page.entries, event]', 'entries: page.entries')],
  },
  {
    name: 'wrong shop',
    breaks: 'every call goes out in the name of one shop',
    edits: [perform('const { shopId } = page.order;', "const shopId = 'hanamichi';")],
  },
  {
    name: 'a corrected date refunds',
    breaks: 'the correction of a payment date cancels the transaction on its way',
    edits: [
      correctPaidOn(
        "return record({ kind: 'paid_on_corrected', before, paidOn });",
        `return order.transaction === null
          ? record({ kind: 'paid_on_corrected', before, paidOn })
          : { kind: 'pursue', goal: 'cancelled', amount: order.transaction.amount,
              afterwards: { kind: 'paid_on_corrected', before, paidOn } };`,
      ),
    ],
  },
  {
    name: 'a corrected date pays',
    breaks: 'an order that is unpaid is given a payment date by a correction, without a capture',
    edits: [correctPaidOn("if (before === null) return refuse('not_paid');", '')],
  },
  {
    name: 'a corrected date forgets the transaction',
    breaks: 'a correction of the payment date unlinks the order from its transaction',
    edits: [
      {
        file: 'core/src/domain/order/events.ts',
        from: "case 'paid_on_corrected':\n      return { ...order, paidOn: event.paidOn };",
        to: "case 'paid_on_corrected':\n      return { ...order, paidOn: event.paidOn, transaction: null };",
      },
    ],
  },
  ...MUTANTS_AROUND,
  ...MUTANTS_OF_BATCHES,
  ...MUTANTS_REVOKED,
  ...MUTANTS_OF_SLIPS,
  ...MUTANTS_OF_CARDHOLDERS,
  ...MUTANTS_OF_SECOND_PERSONS,
];
