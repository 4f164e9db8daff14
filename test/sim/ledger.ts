import type { Order } from '../../core/src/domain/order/order.ts';
import { type Yen, yen } from '../../core/src/domain/values/yen.ts';
import type { Ask, Refusal, Seen } from '../../core/src/turns/asks.ts';

/**
 * The gateway's real doings: the oracle of the simulation. Written from F-REGI's protocol and not
 * from the code under test: F-REGI promises nothing but its guards by state.
 */
export type Held = {
  readonly seqno: string;
  readonly shopId: string;
  readonly slipId: string;
  /** The order that the transaction was made for; null if somebody made it at the console. */
  readonly orderNumber: string | null;
  readonly authCode: string;
  readonly amount: Yen;
  readonly state: HeldState;
  /** True if a half-done change made it: the transaction that it should replace is still there. */
  readonly stray: boolean;
  /** Y1: its cardholder was authenticated for it. */
  readonly authenticated: boolean;
  readonly history: readonly Happening[];
};

export type HeldState =
  | 'authorized'
  | 'voided'
  | 'captured_untransmitted'
  | 'captured_transmitted'
  | 'refunded_untransmitted'
  | 'refunded_transmitted';

/** `call`: the number of the shop's call; null if nobody called. */
export type Happening = {
  readonly to: HeldState;
  readonly by: 'shop' | 'console' | 'reviewer' | 'batch' | 'seed';
  readonly call: number | null;
};

type Challenge = { readonly deed: Deed; readonly call: number; readonly until: number };

/** As long as the sandbox's. */
const CHALLENGE_MS = 15 * 60_000;

export type Deed = Pick<Ask, 'shopId' | 'verb' | 'seqno' | 'slipId' | 'amount'>;
export type Done =
  | { readonly kind: 'done'; readonly seqno: string | null; readonly authCode: string | null }
  | { readonly kind: 'refused'; readonly refusal: Refusal };

export class Ledger {
  readonly held = new Map<string, Held>();
  readonly #challenges = new Map<string, Challenge>();
  #serial = 0;
  readonly #onChange: (changed: Held) => void;
  readonly #orderOfCall: (call: number) => string | null;

  /** `orderOfCall` returns the order that a call was made for. */
  constructor(
    onChange: (changed: Held) => void,
    orderOfCall: (call: number) => string | null = () => null,
  ) {
    this.#onChange = onChange;
    this.#orderOfCall = orderOfCall;
  }

  /** Opens a transaction: one from before the history, or one that a verb makes. */
  open(
    deed: Omit<Deed, 'verb' | 'seqno'>,
    to: HeldState,
    how: Omit<Happening, 'to'>,
    orderNumber: string | null,
    stray = false,
    authenticated = false,
  ): Held {
    this.#serial += 1;
    const seqno = String(this.#serial).padStart(20, '0');
    const authCode = `A${this.#serial}`;
    const { shopId, slipId, amount } = deed;
    const history = [{ to, ...how }];
    const what = { seqno, authCode, shopId, slipId, orderNumber, amount: yen(amount) };
    const held = { ...what, state: to, stray, authenticated, history };
    this.#save(held);
    return held;
  }

  /** Carries out an ask if the state of the transaction allows it (protocol §4, §11). */
  carryOut(deed: Deed, how: Omit<Happening, 'to'>, halfDone = false): Done {
    if (deed.verb === 'authorize') {
      const orderNumber = how.call === null ? null : this.#orderOfCall(how.call);
      return made(this.open(deed, 'authorized', how, orderNumber));
    }
    const found = this.held.get(deed.seqno ?? '');
    if (found === undefined || found.shopId !== deed.shopId)
      return refused('transaction_not_found');
    const fromCaptured = deed.verb === 'refund' || deed.verb === 'change_captured_amount';
    if (fromCaptured && found.state === 'authorized') return refused('not_captured');
    const fits = fromCaptured ? found.state.startsWith('captured') : found.state === 'authorized';
    if (!fits) return refused(OBSTACLE[found.state]);
    const { to, leaves } = DEEDS[deed.verb];
    if (leaves === null) {
      this.move(found.seqno, to, how);
      return { kind: 'done', seqno: null, authCode: null };
    }
    if (!halfDone) this.move(found.seqno, leaves, how);
    const { slipId, orderNumber } = found;
    return made(this.open({ ...deed, slipId }, to, how, orderNumber, halfDone));
  }

  /** Asks the cardholder to confirm an authorization (protocol §7); returns the page for that. */
  challenge(deed: Deed, call: number, now: number): string {
    const page = `page of call ${call}`;
    this.#challenges.set(page, { deed, call, until: now + CHALLENGE_MS });
    return page;
  }

  /** Authorizes a confirmed challenge, once and in time; null if there is none. */
  confirm(page: string, now: number): Held | null {
    const found = this.#challenges.get(page);
    this.#challenges.delete(page);
    if (found === undefined || now > found.until) return null;
    const { deed, call } = found;
    const how = { by: 'shop', call } as const;
    return this.open(deed, 'authorized', how, this.#orderOfCall(call), false, true);
  }

  giveUp(page: string): void {
    this.#challenges.delete(page);
  }

  forgetChallenges(): void {
    this.#challenges.clear();
  }

  move(seqno: string, to: HeldState, how: Omit<Happening, 'to'>): void {
    const held = this.held.get(seqno);
    if (held === undefined) throw new Error(`the ledger has no ${seqno}`);
    this.#save({ ...held, state: to, history: [...held.history, { to, ...how }] });
  }

  /** 伝送: sends captured and refunded transactions to the card company. */
  transmit(): void {
    for (const { seqno, state } of this.held.values()) {
      const how = { by: 'batch', call: null } as const;
      if (state === 'captured_untransmitted') this.move(seqno, 'captured_transmitted', how);
      if (state === 'refunded_untransmitted') this.move(seqno, 'refunded_transmitted', how);
    }
  }

  /** Returns every transaction of a slip, oldest first. */
  ofSlip(shopId: string, slipId: string): Held[] {
    return [...this.held.values()].filter((h) => h.shopId === shopId && h.slipId === slipId);
  }

  /**
   * Returns the order's transactions, and those made at the console under its slip, oldest first.
   */
  ofOrder({ shopId, orderNumber, transaction }: Order): Held[] {
    const slip = this.ofSlip(shopId, transaction?.slipId ?? orderNumber);
    return slip.filter((held) => (held.orderNumber ?? orderNumber) === orderNumber);
  }

  liveOf(order: Order): Held[] {
    return this.ofOrder(order).filter(isLive);
  }

  #save(held: Held): void {
    this.held.set(held.seqno, held);
    this.#onChange(held);
  }
}

/**
 * Verb → the new state of the transaction; for a verb that makes another transaction, the state of
 * the old one.
 */
const DEEDS: Record<
  Exclude<Deed['verb'], 'authorize'>,
  { readonly to: HeldState; readonly leaves: HeldState | null }
> = {
  capture: { to: 'captured_untransmitted', leaves: null },
  void: { to: 'voided', leaves: null },
  refund: { to: 'refunded_untransmitted', leaves: null },
  change_amount: { to: 'authorized', leaves: 'voided' },
  change_captured_amount: { to: 'captured_untransmitted', leaves: 'refunded_untransmitted' },
};

/** True while the customer's money is held or taken. */
export function isLive({ state }: Pick<Held, 'state'>): boolean {
  return state === 'authorized' || state.startsWith('captured');
}

export function seenOf({ seqno, authCode, state, amount }: Held): Seen {
  return { seqno, authCode, state, amount };
}

/** The gateway's refusal for a transaction that is past its authorization. */
const OBSTACLE: Record<HeldState, Refusal> = {
  authorized: 'unclear',
  voided: 'already_voided',
  captured_untransmitted: 'already_captured',
  captured_transmitted: 'already_captured',
  refunded_untransmitted: 'already_refunded',
  refunded_transmitted: 'already_refunded',
};

function made({ seqno, authCode }: Held): Done {
  return { kind: 'done', seqno, authCode };
}

function refused(refusal: Refusal): Done {
  return { kind: 'refused', refusal };
}
