import { randomInt } from 'node:crypto';
import type { State } from './states.ts';

/**
 * The ledger: every transaction and all that happened to it. It is the oracle of every test: what
 * did the gateway really do? Changed only by events, which the journal keeps.
 */
export type Transaction = {
  readonly seqno: string;
  readonly shopId: string;
  /** 伝票番号; the new transaction of a change keeps it (protocol §14.8). */
  readonly id: string;
  readonly authCode: string;
  readonly amount: number;
  readonly state: State;
  /** Milliseconds since 1970 UTC, by the sandbox's clock. */
  readonly authorizedAt: number;
  readonly customerId: string | null;
  /** The card, masked but for its last four digits; a token or a customer may have named it. */
  readonly pan: string;
  /** For the new transaction of a change: the one that it came from. */
  readonly changedFrom: string | null;
  readonly history: readonly Happening[];
};

type Happening = { readonly at: number; readonly what: string; readonly by: Actor };
export type Actor = 'shop' | 'console' | 'batch' | 'seed';

export type Customer = {
  readonly shopId: string;
  readonly customerId: string;
  readonly pan: string;
  /** MM/YY, where the card was registered by its number. */
  readonly expiry?: string;
};
export type Token = { readonly token: string; readonly pan: string; readonly expiresAt: number };

export type LedgerEvent =
  | { readonly kind: 'opened'; readonly transaction: Transaction }
  | {
      readonly kind: 'moved';
      readonly seqno: string;
      readonly to: State;
      readonly at: number;
      readonly what: string;
      readonly by: Actor;
    }
  | { readonly kind: 'customer_registered'; readonly customer: Customer }
  | { readonly kind: 'customer_left'; readonly shopId: string; readonly customerId: string }
  | { readonly kind: 'token_issued'; readonly token: Token }
  | { readonly kind: 'token_used'; readonly token: string }
  | { readonly kind: 'clock_moved'; readonly offsetMs: number }
  | { readonly kind: 'reset' };

export class Ledger {
  readonly transactions = new Map<string, Transaction>();
  readonly customers = new Map<string, Customer>();
  readonly tokens = new Map<string, Token>();
  clockOffsetMs = 0;

  apply(event: LedgerEvent): void {
    switch (event.kind) {
      case 'opened':
        this.transactions.set(event.transaction.seqno, event.transaction);
        return;
      case 'moved':
        this.#move(event);
        return;
      case 'customer_registered':
        this.customers.set(customerKey(event.customer), event.customer);
        return;
      case 'customer_left':
        this.customers.delete(customerKey(event));
        return;
      case 'token_issued':
        this.tokens.set(event.token.token, event.token);
        return;
      case 'token_used':
        this.tokens.delete(event.token);
        return;
      case 'clock_moved':
        this.clockOffsetMs = event.offsetMs;
        return;
      case 'reset':
        this.transactions.clear();
        this.customers.clear();
        this.tokens.clear();
        this.clockOffsetMs = 0;
        return;
      default:
        event satisfies never;
    }
  }

  /** A transaction of this shop; another shop's numbers do not exist for it. */
  find(shopId: string, seqno: string): Transaction | null {
    const found = this.transactions.get(seqno);
    return found?.shopId === shopId ? found : null;
  }

  customer(shopId: string, customerId: string): Customer | null {
    return this.customers.get(customerKey({ shopId, customerId })) ?? null;
  }

  /** A shop's transactions, newest first. */
  list(shopId?: string): Transaction[] {
    const all = [...this.transactions.values()].reverse();
    return shopId === undefined ? all : all.filter((found) => found.shopId === shopId);
  }

  /** An unused 取引番号 of 20 digits. */
  nextSeqno(): string {
    for (;;) {
      const seqno = `${Date.now()}${String(randomInt(1e7)).padStart(7, '0')}`.padStart(20, '0');
      if (!this.transactions.has(seqno)) return seqno;
    }
  }

  #move({ seqno, to, at, what, by }: Extract<LedgerEvent, { kind: 'moved' }>): void {
    const found = this.transactions.get(seqno);
    if (found === undefined) throw new Error(`the ledger has no transaction ${seqno}`);
    const history = [...found.history, { at, what, by }];
    this.transactions.set(seqno, { ...found, state: to, history });
  }
}

const LETTERS = 'ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz0123456789';

/** An approval code: six letters and digits, told apart by case (protocol §4.1). */
export function newAuthCode(): string {
  return Array.from({ length: 6 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
}

function customerKey({ shopId, customerId }: Pick<Customer, 'shopId' | 'customerId'>): string {
  return `${shopId}/${customerId}`;
}
