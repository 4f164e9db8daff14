import type { Mutant } from './mutant.ts';

/** Mutants around the money operation: runs, restore, mails. */
const within = (file: string) => (from: string, to: string) => ({ file, from, to });
const accept = within('core/src/turns/accept.ts');
const bulk = within('server/src/workers/bulk.ts');
const perform = within('core/src/perform.ts');
const page = within('core/src/turns/page.ts');
const withdraw = within('core/src/turns/withdraw.ts');
const park = within('core/src/turns/park.ts');
const protocol = within('core/src/turns/protocol.ts');
const restorer = within('server/src/workers/restorer.ts');
const outbox = within('server/src/workers/outbox.ts');
const runs = within('test/sim/memory-runs.ts');
const mails = within('test/sim/memory-mails.ts');
const confirmer = within('server/src/workers/confirmer.ts');
const deliver = within('server/src/workers/deliver.ts');
const redirect = within('core/src/domain/transaction/redirect.ts');
const due = within('core/src/domain/subscriptions/due.ts');
const deliveries = within('test/sim/memory-deliveries.ts');
const payments = within('test/sim/memory-payments.ts');
const seePayment = within('core/src/turns/see-payment.ts');
const atStore = within('core/src/domain/drift/compare-redirect.ts');
const markPaid = within('core/src/domain/rules/mark-paid.ts');

const NOTE_OF_STEP =
  "    marks.note({ shopId: ask.shopId, what: 'step', id: step.operationId, n: step.n });\n";

const rule = (name: string, from: string, to: string) => ({
  file: `core/src/domain/rules/${name}.ts`,
  from,
  to,
});

export const MUTANTS_AROUND: readonly Mutant[] = [
  {
    name: 'charged for what was settled',
    breaks: 'the card is asked for the whole bill, though a part came in otherwise',
    scenario: 'settled otherwise, then captured amount changed',
    edits: [
      rule(
        'edit-amounts',
        'amount: yen(chargeOf({ ...order, amounts }))',
        'amount: yen(chargeOf({ ...order, amounts, settlements: [] }))',
      ),
    ],
  },
  {
    name: 'more settled than is open',
    breaks: 'more is recorded as settled than is open',
    edits: [rule('settle', 'wanted.amount > most.amount', 'false')],
  },
  {
    name: 'stop is not heard',
    breaks: 'rows that were read before a stop begin after it',
    edits: [bulk('if (version === null) return;', '')],
  },
  {
    name: 'a row is begun anew',
    breaks: 'a process that continues a run gives its rows other keys than the first process',
    edits: [
      bulk(
        'const key = isLast ? rowKey(run.id, position) :',
        'const key = isLast ? randomUUID() :',
      ),
    ],
  },
  {
    name: 'a refused row is told as done',
    breaks: 'a row that was refused is noted as accepted',
    edits: [bulk('noteRow(mine, position, refusal)', 'noteRow(mine, position, null)')],
  },
  {
    name: 'its own shipment counts as another’s',
    breaks: 'a run that goes on after a crash takes its own changes for those of others',
    edits: [runs('Math.max(row.orderVersion, this.#ownVersion(run, row))', 'row.orderVersion')],
  },
  {
    name: 'safe mode is not heard',
    breaks: 'in safe mode operations are accepted and sent as ever',
    edits: [
      accept(
        "if (page.settings.hold === 'safe_mode' && page.order.transaction) return",
        'if (false) return',
      ),
      protocol('if (page.settings.hold) return wait(', 'if (false) return wait('),
    ],
  },
  {
    name: 'nothing is parked',
    breaks: 'after a restore open operations go on as if nothing had been forgotten',
    scenario: 'restored, withdrawn since it was asked',
    edits: [restorer('await store.turn(ref, (page) => park(page, timing));', '')],
  },
  {
    name: 'compared too early',
    breaks: 'after a restore F-REGI is looked at while calls of before may be under way',
    edits: [restorer('if (stopwatch() < this.#held.since + timing.quarantineMs) return;', '')],
  },
  {
    name: 'parked too early',
    breaks: 'after a restore a person is asked while earlier calls may be under way',
    scenario: 'restored, capture asked anew',
    edits: [
      restorer('    if (stopwatch() < this.#held.since + timing.quarantineMs) return;\n', ''),
      restorer(
        '    const shops = await compareAll',
        '    if (stopwatch() < this.#held.since + timing.quarantineMs) return;\n    const shops = await compareAll',
      ),
    ],
  },
  {
    name: 'parked too late',
    breaks: 'a process that slept until after the release parks a newer operation',
    scenario: 'restored, work goes on after the release',
    edits: [park("if (page.settings.hold !== 'safe_mode') return rest(page, null);", '')],
  },
  {
    name: 'what is asked is not marked',
    breaks: 'an ask is not noted outside of the database',
    edits: [perform(NOTE_OF_STEP, '')],
  },
  {
    name: 'marked once it is answered',
    breaks: 'an ask is noted outside of the database only after its answer',
    edits: [
      perform(NOTE_OF_STEP, ''),
      perform(
        '  return gateway.ask(ask);',
        `  const answer = await gateway.ask(ask);\n${NOTE_OF_STEP}  return answer;`,
      ),
    ],
  },
  {
    name: 'a mail is not marked',
    breaks: 'a sent mail is not noted outside of the database',
    edits: [
      outbox(
        "      this.#marks.note({ shopId: mail.shopId, what: 'mail', id: String(mail.id), n: mail.tries });\n",
        '',
      ),
    ],
  },
  {
    name: 'withdrawn in safe mode',
    breaks: 'after a restore an operation is withdrawn that may have been asked since',
    edits: [withdraw("if (page.settings.hold === 'safe_mode') return rest(page, null);", '')],
  },
  {
    name: 'withdrawn halfway',
    breaks: 'an operation is withdrawn although one of its asks was carried out',
    edits: [
      withdraw('(concerned(page)?.asOf ?? 0) > operation.createdAt', 'false'),
      withdraw("steps.every((step) => step.state === 'unsent')", 'true'),
    ],
  },
  {
    name: 'a stray is the order’s own',
    breaks: 'cancelling a stray cancels the transaction that the order is linked to',
    edits: [page('return operation?.stray ?? order.transaction;', 'return order.transaction;')],
  },
  {
    name: 'lost mails are sent again',
    breaks: 'a mail whose sender is gone is queued anew',
    edits: [
      mails(
        "this.#change(id, { state: 'unknown' });\n    }\n  }\n\n  async claim",
        "this.#change(id, { state: 'queued' });\n    }\n  }\n\n  async claim",
      ),
    ],
  },
  {
    name: 'an unknown mail is sent again',
    breaks: 'a mail whose answer is lost is tried again',
    edits: [
      outbox(
        "case 'unknown':\n      return { state: 'unknown', error: posted.error };",
        "case 'unknown':\n      return { state: 'queued', error: posted.error, afterMs: 5_000 };",
      ),
    ],
  },
  {
    name: 'mails have no send window',
    breaks: 'a mail is sent however long ago it was taken, and told as unknown in the meantime',
    edits: [outbox('this.#stopwatch() - takenAfter > SEND_WINDOW_MS', 'false')],
  },
  {
    name: 'mails are sent again after a restore',
    breaks: 'a mail that waited at the backup is sent, though it may have been sent since',
    edits: [mails("if (state === 'queued' || state === 'sending')", 'if (false)')],
  },
  {
    name: 'a notice is believed',
    breaks: 'a look that follows a notice marks the order paid, whatever F-REGI answers',
    edits: [
      confirmer(
        "sighting.status === 'completed' ? await",
        "sighting.status === 'completed' || payment.noticedAt !== null ? await",
      ),
    ],
  },
  {
    name: 'another amount is no matter',
    breaks: 'a payment of another amount than the bill marks the order paid',
    edits: [redirect("if (billed !== amount) return 'redirect_amount_differs';", '')],
  },
  {
    name: 'a notice is overheard',
    breaks: 'a notice that comes during an inquiry is forgotten with its answer',
    edits: [
      payments(
        'const dueAt = payment.dueAt === claimedUntil ? seen.dueAt : payment.dueAt;',
        'const dueAt = seen.dueAt;',
      ),
    ],
  },
  {
    name: 'a completed payment is not looked at again',
    breaks: 'Renkei never sees a reversal that no notice tells of',
    scenario: 'counter, reversed, and never told',
    edits: [confirmer('return isWatched ? now + DAY_MS : null;', 'return null;')],
  },
  {
    name: 'a reversal is overheard',
    breaks: 'no look follows the notice of a completed payment',
    scenario: 'counter, reversed and told',
    edits: [
      payments(
        "if (!canBePaid(payment.status) && payment.status !== 'completed') return;",
        'if (!canBePaid(payment.status)) return;',
      ),
    ],
  },
  {
    name: 'the history hears of a payment once',
    breaks: 'an order keeps the first status of its payment, and no later one',
    edits: [
      seePayment(
        'const isNews = known?.status !== seen.status || known.amount !== seen.amount;',
        'const isNews = known === undefined;',
      ),
    ],
  },
  {
    name: 'a late look is believed',
    breaks: 'a process that has slept puts an older status in the place of a newer one',
    scenario: 'counter, reversed and told',
    edits: [
      seePayment(
        'if (known !== undefined && known.asOf > seen.asOf) return waits(page, known);',
        '',
      ),
      seePayment(
        'if (known !== undefined && isBehind(seen.status, known.status)) return waits(page, known);',
        '',
      ),
    ],
  },
  {
    name: 'a payment begins again',
    breaks: 'a look that began later, but was answered earlier, puts a payment back',
    edits: [
      seePayment(
        'if (known !== undefined && isBehind(seen.status, known.status)) return waits(page, known);',
        '',
      ),
    ],
  },
  {
    name: 'paid twice is no matter',
    breaks: 'no item tells of an order that is paid otherwise and at the store',
    scenario: 'counter, paid by hand, then at the counter',
    edits: [atStore("return [paidTwice(scene, 'paid_otherwise_too', extra, due)];", 'return [];')],
  },
  {
    name: 'paid after leaving is no matter',
    breaks: 'no item tells of a payment of an order that was cancelled',
    scenario: 'counter, cancelled, then paid',
    edits: [
      atStore(
        'if (hasLeft(order)) return extra.length === 0 ? [] : paidAfterLeaving(scene, made, extra);',
        'if (hasLeft(order)) return [];',
      ),
    ],
  },
  {
    name: 'a reversal is no matter',
    breaks: 'no item tells of an order whose payment was reversed',
    scenario: 'counter, reversed and told',
    edits: [atStore('own === null && !hasLeft(order) ?', 'order.version < 0 ?')],
  },
  {
    name: 'what was given back pays',
    breaks: 'a payment whose refund is recorded makes its order 入金済 by itself',
    edits: [
      within('core/src/domain/transaction/redirect.ts')(
        "return settled < 0 && left !== billed ? 'redirect_given_back' : null;",
        'return null;',
      ),
    ],
  },
  {
    name: 'a confirmed payment has no number',
    breaks: 'an order does not keep which payment made it 入金済',
    edits: [
      markPaid(
        'if (settleno !== undefined) return { settleno, received: billedOf(amounts) };',
        'if (settleno !== undefined) return {};',
      ),
    ],
  },
  {
    name: 'a delivery is noted before it is asked for',
    breaks: 'a process that dies between noting an authorization and asking for it forgets it',
    edits: [
      deliver(
        '  const asked = await give(',
        '  await deliveries.noteAuthorized(delivery);\n  const asked = await give(',
      ),
    ],
  },
  {
    name: 'all that was missed is made',
    breaks: 'after an outage each round makes one more overdue delivery',
    edits: [due('if (first !== undefined) return', 'if (false) return')],
  },
  {
    name: 'two per look',
    breaks: 'a round makes every delivery of an application that it can',
    edits: [
      due('addDaysWithin(next, -leadDays) > today', 'addDaysWithin(next, 7 - leadDays) > today'),
      deliver('if (await deliveries.make', 'while (await deliveries.make'),
    ],
  },
  {
    name: 'more is made than was shown',
    breaks: 'a delivery that became overdue after the sum was shown is made with the rest',
    edits: [due('seen !== overdue.length', 'seen > overdue.length')],
  },
  {
    name: 'the last overdue delivery is made twice',
    breaks: 'the schedule goes on from the delivery before the last one that a person made',
    edits: [
      deliveries(
        'for (const delivery of [...skipped, ...made]) {',
        'for (const delivery of [...skipped, ...made].slice(0, -1)) {',
      ),
    ],
  },
];
