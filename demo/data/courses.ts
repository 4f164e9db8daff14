import type { Order } from '../../core/src/domain/order/order.ts';
import type { OrderDetails } from '../../core/src/domain/order/order-details.ts';
import { type Instant, type JstDate, jstDateOf } from '../../core/src/domain/values/jst.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import type { Answer } from '../../core/src/turns/asks.ts';
import type { Actor } from '../../core/src/turns/operation.ts';
import type { LedgerState } from '../../sandbox/src/ledger/states.ts';
import type { Dice } from './dice.ts';
import { Past } from './past.ts';
import type { Situation } from './situation.ts';

const HOUR_MS = 60 * 60 * 1000;

/** The actor of all past events: no person of the demo has done them. */
export const DEMO: Actor = { kind: 'system', id: 'demo', name: 'デモデータ' };

/** A move of the transaction in F-REGI's own ledger. */
type Move = {
  readonly to: LedgerState;
  readonly at: Instant;
  readonly what: string;
  readonly by: 'shop' | 'console' | 'batch';
};

/** The life of an order since it came in: our side and F-REGI's. */
export type Course = {
  readonly past: Past;
  readonly moves: readonly Move[];
  readonly shippedOn: JstDate | null;
  /** The card's last digits, if the sandbox refuses something for this card. */
  readonly card?: string;
};

/** The shop's time from the order to the capture, in hours. */
const TO_CAPTURE = { 4: 12, 22: 38, 46: 18, 70: 12, 130: 12, 240: 7 } as const;

/** The card companies' refusal in their own codes; the sandbox gives the same for card 1156. */
const OVER_LIMIT: Answer = {
  kind: 'refused',
  refusal: 'card_declined',
  code: 'JCN-G55',
  text: '利用限度額を超えています',
};
const UNCHANGEABLE = '1156';

/**
 * Lets an order live from its arrival to its present state. Skips to an earlier instant whatever
 * would lie in the future: the past ends before `now`.
 */
export function live(
  first: Order,
  details: OrderDetails,
  situation: Situation,
  { dice, now }: { readonly dice: Dice; readonly now: Instant },
): Course {
  const teller = new Teller(first, { dice, now });
  switch (situation) {
    case 'unpaid_card_edited':
      return teller.edit(dice.chance(0.5) ? 1_100 : -300);
    case 'paid':
      return teller.pay().end();
    case 'completed':
      return teller.pay().transmit().ship(details).changeStatus('completed', false).end();
    case 'on_hold':
      return teller.changeStatus('on_hold', false).end();
    case 'validated':
      return teller.decline().end();
    case 'capture_failed':
      return teller.find('capture_failed').end();
    case 'voided':
      return teller.changeStatus('cancelled', true).end();
    case 'refunded':
      return teller.pay().changeStatus('returned', true).end();
    case 'refunded_transmitted':
      return teller.pay().transmit().changeStatus('returned', true).transmit().end();
    default:
      return teller.end();
  }
}

/** Tells the past of one order, step by step, with its own clock. */
class Teller {
  readonly #past: Past;
  readonly #moves: Move[] = [];
  readonly #dice: Dice;
  readonly #now: Instant;
  #at: Instant;
  #shippedOn: JstDate | null = null;

  constructor(first: Order, { dice, now }: { readonly dice: Dice; readonly now: Instant }) {
    this.#past = new Past(first, DEMO);
    this.#dice = dice;
    this.#now = now;
    this.#at = first.placedAt;
  }

  end(): Course {
    return { past: this.#past, moves: this.#moves, shippedOn: this.#shippedOn };
  }

  pay(): this {
    const at = this.#later(Number(this.#dice.weigh(TO_CAPTURE)));
    const paidOn = jstDateOf(at);
    const how = { withoutGateway: false, from: 'unpaid_list', mail: 'manual' } as const;
    this.#past.carryOut(at, { kind: 'mark_paid', paidOn, ...how }, undefined, this.#took());
    return this.#move('captured_untransmitted', 'sale', 'shop');
  }

  /** A1: edits the amounts after the authorization; F-REGI has refused the change of some. */
  edit(by: number): Course {
    const { amounts } = this.#past.order;
    const items = yen(Math.max(amounts.items + by, 500));
    this.#past.carryOut(this.#later(3), { kind: 'edit_amounts', amounts: { items } });
    if (by < 0 || this.#dice.chance(0.5)) return this.end();
    const at = this.#later(20);
    const how = { withoutGateway: false, from: 'detail', mail: 'manual' } as const;
    const command = { kind: 'mark_paid', paidOn: jstDateOf(at), ...how } as const;
    this.#past.carryOut(at, command, OVER_LIMIT, this.#took());
    return { ...this.end(), card: UNCHANGEABLE };
  }

  ship({ destinations }: OrderDetails): this {
    const at = this.#later(5);
    const shippedOn = jstDateOf(at);
    const shipments = destinations.map(({ carrier, trackingNumber }, destination) => ({
      destination,
      carrier,
      trackingNumber,
      shippedOn,
    }));
    this.#shippedOn = shippedOn;
    this.#past.carryOut(at, { kind: 'ship', shipments, complete: true, mail: 'manual' });
    return this;
  }

  /** `cancel`: the operator ticked 「F-REGIの取引情報を取り消す」. */
  changeStatus(to: 'completed' | 'on_hold' | 'cancelled' | 'returned', cancel: boolean): this {
    const paid = this.#past.order.paidOn !== null;
    const at = this.#later(to === 'returned' ? 96 : 6);
    const command = { kind: 'change_status', to, cancelTransaction: cancel } as const;
    this.#past.carryOut(at, command, undefined, this.#took());
    if (!cancel) return this;
    return paid
      ? this.#move('refunded_untransmitted', 'salecancel', 'shop')
      : this.#move('voided', 'authcancel', 'shop');
  }

  /** B2: the card of a 予約 is refused when it becomes 通常処理; F-REGI keeps no transaction. */
  decline(): this {
    const command = { kind: 'change_status', to: 'processing', cancelTransaction: false } as const;
    this.#past.carryOut(this.#later(30), command, OVER_LIMIT, this.#took());
    return this;
  }

  transmit(): this {
    const { transaction } = this.#past.order;
    if (transaction === null) return this;
    return transaction.state === 'captured_untransmitted'
      ? this.find('captured_transmitted')
      : this.find('refunded_transmitted');
  }

  /** F-REGI has moved the transaction by itself; Renkei sees it some hours later. */
  find(state: LedgerState): this {
    this.#at = this.#later(9);
    this.#move(state, 'transmission', 'batch');
    this.#past.see(this.#later(8), state, 'inquiry');
    return this;
  }

  #move(to: LedgerState, what: string, by: Move['by']): this {
    if (this.#past.order.transaction !== null) this.#moves.push({ to, at: this.#at, what, by });
    return this;
  }

  /** Returns an instant some hours later, and always before now. */
  #later(hours: number): Instant {
    const wanted = this.#at + hours * HOUR_MS * (0.6 + 0.8 * this.#dice.roll());
    const latest = this.#at + (this.#now - this.#at) / 2;
    this.#at = Math.floor(Math.min(wanted, latest));
    return this.#at;
  }

  /** Returns F-REGI's time for an answer, in milliseconds. */
  #took(): number {
    return 280 + this.#dice.below(500) + (this.#dice.chance(0.06) ? 1_500 : 0);
  }
}
