import { describe, expect, test } from 'vitest';
import type { Command } from '../../src/domain/commands/command.ts';
import { previewCommand } from '../../src/domain/commands/preview-command.ts';
import { applyEvent, replay } from '../../src/domain/order/events.ts';
import type { Order } from '../../src/domain/order/order.ts';
import { keysOf } from '../../src/domain/order/states.ts';
import {
  AUTHENTICATION,
  type Authentication,
  type Liability,
  liabilityAfter,
  withoutCardholder,
} from '../../src/domain/transaction/authentication.ts';
import type { Page } from '../../src/turns/operation.ts';
import { hear } from '../../src/turns/protocol.ts';
import { TIMING } from '../../src/turns/timing.ts';
import { asked, awaited, FRESH } from '../turns/pages.ts';
import { sightedBeside } from './order-words.ts';
import { billed, cardOrder, decided, orderIn, SHOP_SETTINGS, TODAY } from './orders.ts';

/** Y1: whose the chargeback is, and what an amount change does to it. */
const AFTER_CHANGE: Record<Authentication, [after: Authentication, said: Liability | null]> = {
  authenticated: ['lapsed', 'moves'],
  attempted: ['lapsed', 'moves'],
  not_known: ['not_authenticated', 'may_move'],
  not_authenticated: ['not_authenticated', null],
  lapsed: ['lapsed', null],
};

describe.each(keysOf(AUTHENTICATION))('Y1: a transaction %s', (authentication) => {
  const [after, said] = AFTER_CHANGE[authentication];

  test('is replaced by an amount change, whose preview says who then bears a chargeback', () => {
    expect(withoutCardholder(authentication)).toBe(after);
    expect(liabilityAfter(authentication, ['change_amount', 'capture'], false)).toBe(said);
    expect(liabilityAfter(authentication, ['change_captured_amount'], false)).toBe(said);
    expect(preview(billed(8_000, cardOrder({ authentication })), PAY)).toBe(said);
  });

  test('is itself after a capture, a void and a refund, which move no liability', () => {
    for (const verb of ['capture', 'void', 'refund'] as const) {
      expect(liabilityAfter(authentication, [verb], false)).toBeNull();
      const page = asked(verb);
      const order: Order = { ...page.order, authentication };
      expect(done({ ...page, order }).order.authentication).toBe(authentication);
    }
  });

  test('has its successor after an amount change that F-REGI carried out', () => {
    for (const verb of ['change_amount', 'change_captured_amount'] as const) {
      const page = asked(verb);
      const order: Order = { ...page.order, authentication };
      expect(done({ ...page, order }, FRESH).order.authentication).toBe(after);
    }
  });

  test('gives way to one of which nobody knows, where F-REGI shows another', () => {
    const order = orderIn('voided', { authentication });
    const to = sightedBeside(order, 'authorized');
    const decision = decided(order, { kind: 'relink', to, adopt: false });
    if (decision.kind !== 'record') throw new Error(decision.kind);
    expect(applyEvent(order, decision.event).authentication).toBe('not_known');
  });
});

test('Y1: a registered card is authorized without its holder; the preview says so', () => {
  const waiting = orderIn('preorder_unauthorized', { status: 'preorder', type: 'preorder' });
  const transaction = waiting.transaction && { ...waiting.transaction, customerId: 'C-1' };
  const order = { ...waiting, transaction };
  const release = { kind: 'change_status', to: 'processing', cancelTransaction: false } as const;
  expect(preview(order, release)).toBe('shop');
  expect(preview(order, { kind: 'authorize', cardToken: null })).toBe('shop');
  expect(preview(order, { kind: 'authorize', cardToken: 'token' })).toBeNull();
});

test.each([
  ['the registered card', null, 'not_authenticated'],
  ['a token, of which F-REGI does not tell it', 'token', 'not_known'],
] as const)('Y1: an authorization by %s', (_by, cardToken, authentication) => {
  const page = asked('authorize', { operation: { cardToken } });
  expect(done(page, FRESH).order.authentication).toBe(authentication);
});

test('a journal from before Renkei kept it replays to “not known”', () => {
  const { authentication: _none, settlements: _s, redirects: _r, ...placed } = cardOrder();
  expect(replay([{ kind: 'order_placed', order: placed }]).authentication).toBe('not_known');
});

function done(page: Page, seqno: string | null = null): Page {
  const answer = { kind: 'done', seqno, authCode: seqno && 'A1' } as const;
  return hear(page, awaited(page), answer, TIMING).page;
}

const PAY: Command = {
  kind: 'mark_paid',
  paidOn: TODAY,
  mail: 'auto',
  withoutGateway: false,
  from: 'detail',
};

function preview(order: Order, command: Command): Liability | null | undefined {
  const previewed = previewCommand(order, false, command, SHOP_SETTINGS, TODAY);
  if (previewed.kind === 'refuse') throw new Error(previewed.reason);
  return previewed.kind === 'pursue' ? previewed.liability : undefined;
}
