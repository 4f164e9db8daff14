import type { Command } from '@renkei/core/domain/commands/decide.ts';
import { yen } from '@renkei/core/domain/values/yen.ts';
import { accept, type Request } from '@renkei/core/turns/accept.ts';
import type { Answer, InquiryResult } from '@renkei/core/turns/asks.ts';
import type { Operation, Page } from '@renkei/core/turns/operation.ts';
import { write } from '@renkei/core/turns/page.ts';
import { hear, resolveReview, see, take } from '@renkei/core/turns/protocol.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import fc from 'fast-check';
import { TANAKA } from '../../../test/kit/orders.ts';

/**
 * Histories of turns for the contract of the store: the possible events of two orders of a shop.
 * Each turn is a pure function of the page, so that two stores that keep the contract cannot
 * differ.
 */
export type Act = {
  readonly what: string;
  /** Which of the two orders. */
  readonly order: 0 | 1;
  /** The pause after the previous act, in milliseconds. */
  readonly afterMs: number;
  readonly key?: string;
  /** Who gives the command, if the act is one. */
  readonly by?: string;
  /** `history`: sets the keys of this history apart from those of others in the shop. */
  readonly decide: (
    page: Page,
    earlier: Operation | null,
    history: string,
  ) => { readonly page: Page };
};

/** One client alone, or two at the same time. */
export type Round = readonly [Act] | readonly [Act, Act];

export function rounds(): fc.Arbitrary<Round[]> {
  return fc.array(
    fc.oneof(
      { weight: 3, arbitrary: fc.tuple(fc.noShrink(act())) },
      { weight: 2, arbitrary: fc.tuple(fc.noShrink(act()), fc.noShrink(act())) },
    ),
    { minLength: 1, maxLength: 10 },
  );
}

function act(): fc.Arbitrary<Act> {
  const where = fc.record({
    order: fc.constantFrom(0, 0, 0, 1) as fc.Arbitrary<0 | 1>,
    afterMs: fc.constantFrom(0, 100, 30_000, 90_000, 160_000),
  });
  return fc
    .tuple(
      where,
      fc.oneof(
        { weight: 4, arbitrary: press() },
        { weight: 1, arbitrary: answering() },
        { weight: 2, arbitrary: taking() },
        { weight: 4, arbitrary: hearing() },
        { weight: 2, arbitrary: seeing() },
        { weight: 2, arbitrary: reviewing() },
      ),
    )
    .map(([at, deed]) => ({ ...at, ...deed }));
}

type Deed = Omit<Act, 'order' | 'afterMs'>;

const paid = { kind: 'mark_paid', paidOn: '2026-11-14', mail: 'auto', from: 'detail' } as const;
const COMMANDS: readonly Command[] = [
  { ...paid, withoutGateway: false },
  { ...paid, withoutGateway: false },
  { kind: 'change_status', to: 'cancelled', cancelTransaction: true },
  { kind: 'change_status', to: 'on_hold', cancelTransaction: false },
  { kind: 'edit_amounts', amounts: { shipping: yen(700) } },
  { kind: 'unmark_paid', refund: true },
  { kind: 'correct_paid_on', paidOn: '2026-11-13', dayConfirmed: true, closed: null },
];

function press(): fc.Arbitrary<Deed> {
  return fc
    .record({
      command: fc.constantFrom(...COMMANDS),
      key: fc.constantFrom('key-1', 'key-2', 'key-3', 'key-4'),
      expectedVersion: fc.constantFrom(null, null, 1, 4),
    })
    .map(({ command, key, expectedVersion }) => {
      const inputHash = JSON.stringify(command);
      const common = { inputHash, command, expectedVersion };
      const decide: Act['decide'] = (page, earlier, history) => {
        const named = { key: keyIn(history, key), operationId: idOf(page, key) };
        const actor = { ...TANAKA, id: keyIn(history, TANAKA.id) };
        const wanted: Request = { ...common, ...named, actor };
        return accept(page, earlier, wanted, TIMING);
      };
      return { what: `${command.kind} ${key}`, key, by: TANAKA.id, decide };
    });
}

/** F59: a second person answers what waits for one. */
function answering(): fc.Arbitrary<Deed> {
  return fc
    .record({ key: fc.constantFrom('key-5', 'key-6'), agrees: fc.constantFrom(true, true, false) })
    .map(({ key, agrees }) => {
      const decide: Act['decide'] = (page, earlier, history) => {
        const actor = { ...TANAKA, id: keyIn(history, SECOND), name: '佐藤' };
        const proposal = page.order.proposal?.version ?? 0;
        const command: Command = agrees
          ? { kind: 'agree_to_proposal', proposal }
          : { kind: 'end_proposal', proposal, by: actor.id, word: '相違あり' };
        const named = { key: keyIn(history, key), operationId: idOf(page, key) };
        const how = { inputHash: key, expectedVersion: null, memberSince: 0 };
        return accept(page, earlier, { ...named, ...how, actor, command }, TIMING);
      };
      return { what: `${agrees ? 'agree' : 'decline'} ${key}`, key, by: SECOND, decide };
    });
}

const SECOND = 'sato';

/** Returns a key, or a person, of a history, as it is stored. */
export function keyIn(history: string, key: string): string {
  return `${history} ${key}`;
}

/** Returns an id of the operation’s own, the same in every store. */
function idOf({ order: { orderNumber } }: Page, key: string): string {
  return `0000000${key.slice(-1)}-0000-4000-8000-${orderNumber}`;
}

function taking(): fc.Arbitrary<Deed> {
  return fc.constant({ what: 'take', decide: (page) => take(page, TIMING) });
}

/** Returns the step in question: the open one, or one before it. */
function asked({ operation, step }: Page, lag: number) {
  return { operationId: operation?.id ?? 'none', n: (step?.n ?? 1) - lag };
}

const ANSWERS: readonly Answer[] = [
  { kind: 'done', seqno: null, authCode: null },
  { kind: 'refused', refusal: 'already_captured', code: null, text: '売上受付済みです' },
  { kind: 'refused', refusal: 'card_declined', code: 'A1-1-81', text: '有効期限' },
  { kind: 'refused', refusal: 'unclear', code: 'JCN-G97', text: '保留判定' },
  { kind: 'unsent', cause: 'refused connection' },
  { kind: 'unknown', cause: 'time-out' },
];

function hearing(): fc.Arbitrary<Deed> {
  return fc
    .tuple(fc.constantFrom(0, 0, 0, 1), fc.constantFrom(...ANSWERS))
    .map(([lag, answer]) => ({
      what: `hear ${answer.kind}`,
      decide: (page: Page) => hear(page, asked(page, lag), named(page, answer), TIMING),
    }));
}

/**
 * Gives an answer a new 取引番号 that follows from the order’s own, so that every store gets the same.
 */
function named(page: Page, answer: Answer): Answer {
  if (answer.kind !== 'done' || page.step?.verb !== 'change_amount') return answer;
  return { kind: 'done', seqno: freshOf(page), authCode: 'new' };
}

function freshOf({ order, step }: Page): string {
  return `9${order.orderNumber}${String(step?.n ?? 0).padStart(7, '0')}`;
}

function seeing(): fc.Arbitrary<Deed> {
  const shown = fc.constantFrom('authorized', 'captured_transmitted', 'voided', 'failed' as const);
  return fc.tuple(shown, fc.constantFrom(0, 200_000)).map(([state, ago]) => ({
    what: `see ${state}`,
    decide: (page: Page) => {
      const looked = { ...asked(page, 0), from: page.now - ago };
      return see(page, looked, sightingOf(page, state), TIMING);
    },
  }));
}

type Shown = 'authorized' | 'captured_transmitted' | 'voided' | 'failed';

function sightingOf(page: Page, state: Shown): InquiryResult {
  if (state === 'failed') return { kind: 'failed', cause: 'HTTP 503' };
  const { seqno, authCode, amount } = page.order.transaction ?? NOTHING;
  const transactions = [{ seqno: seqno ?? '0'.repeat(20), authCode, state, amount }];
  return { kind: 'seen', transactions, complete: true };
}

const NOTHING = { seqno: null, authCode: null, amount: yen(0) };

function reviewing(): fc.Arbitrary<Deed> {
  return fc.constantFrom('authorized', 'voided' as const).map((state) => ({
    what: `review ${state}`,
    decide: (page: Page) => {
      const sighting = sightingOf(page, state);
      const [seen] = sighting.kind === 'seen' ? sighting.transactions : [];
      if (seen === undefined) throw new Error('nothing was seen');
      const turn = resolveReview(page, seen, TIMING);
      const mailed = { kind: 'payment_mail_sent', at: page.now } as const;
      return page.operation === null ? { page: write(page, mailed) } : turn;
    },
  }));
}
