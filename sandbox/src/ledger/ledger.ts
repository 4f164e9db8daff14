import type { ShopOptions } from '../shops.ts';
import type {
  BulkUpload,
  CardTransaction,
  Challenge,
  GatewayMail,
  Issue,
  Notice,
  RegisteredCustomer,
  StoreSlip,
  Token,
} from './entities.ts';
import type { LedgerEvent, MovedTransaction } from './events.ts';

/** The greatest number of remembered items of each kind. */
const NOTICES_MAX = 2_000;
const MAILS_MAX = 500;
const TOKENS_MAX = 10_000;
const CHALLENGES_MAX = 1_000;

/**
 * The ledger: every transaction with its history. It is the oracle of every test: the gateway's
 * real deeds. Only events change it, and the journal keeps them.
 */
export class Ledger {
  readonly transactions = new Map<string, CardTransaction>();
  readonly customers = new Map<string, RegisteredCustomer>();
  readonly tokens = new Map<string, Token>();
  readonly challenges = new Map<string, Challenge>();
  readonly issues = new Map<string, Issue>();
  readonly slips = new Map<string, StoreSlip>();
  /** Bulk charges that were accepted and are not carried out yet. */
  readonly bulks = new Map<string, BulkUpload>();
  readonly notices = new Map<string, Notice>();
  readonly shopSettings = new Map<string, ShopOptions>();
  mails: readonly GatewayMail[] = [];
  clockOffsetMs = 0;
  clockStoppedAt: number | null = null;
  /** 取引番号 by shop and 伝票番号, in the order of their opening. */
  readonly #bySlip = new Map<string, Set<string>>();
  readonly #issueBySlip = new Map<string, string>();

  apply(event: LedgerEvent): void {
    switch (event.kind) {
      case 'opened':
        return void this.#open(event.transaction);
      case 'moved':
        return void this.#move(event);
      case 'removed':
        return void this.#remove(event.seqno);
      case 'customer_registered':
        return void this.customers.set(keyOfCustomer(event.customer), event.customer);
      case 'customer_left':
        return void this.customers.delete(keyOfCustomer(event));
      case 'token_issued':
        return void keep(this.tokens, event.token.token, event.token, TOKENS_MAX);
      case 'token_used':
        return void this.tokens.delete(event.token);
      case 'challenge_opened':
        return void keep(this.challenges, event.challenge.key, event.challenge, CHALLENGES_MAX);
      case 'challenge_closed':
        return void this.challenges.delete(event.key);
      case 'issue_put':
        return void this.#putIssue(event.issue);
      case 'slip_put':
        return void this.slips.set(event.slip.seqno, event.slip);
      case 'bulk_accepted':
        return void this.bulks.set(event.bulk.key, event.bulk);
      case 'bulk_finished':
        return void this.bulks.delete(event.key);
      case 'notice_put':
        return void this.#putNotice(event.notice);
      case 'mailed':
        this.mails = [...this.mails, event.mail].slice(-MAILS_MAX);
        return;
      case 'shop_changed':
        return void this.shopSettings.set(event.shopId, event.settings);
      case 'clock_stopped':
        this.clockStoppedAt = event.stoppedAt;
        return;
      case 'clock_moved':
        this.clockOffsetMs = event.offsetMs;
        return;
      case 'reset':
        return void this.#clear();
      default:
        event satisfies never;
    }
  }

  /** Finds a transaction of this shop; another shop's numbers do not exist for it. */
  find(shopId: string, seqno: string): CardTransaction | null {
    const found = this.transactions.get(seqno);
    return found?.shopId === shopId ? found : null;
  }

  customer(shopId: string, customerId: string): RegisteredCustomer | null {
    return this.customers.get(slipKey(shopId, customerId)) ?? null;
  }

  /** Lists a shop's transactions, newest first. */
  list(shopId?: string): CardTransaction[] {
    const all = [...this.transactions.values()].reverse();
    return shopId === undefined ? all : all.filter((found) => found.shopId === shopId);
  }

  /** Lists all transactions of a 伝票番号, newest first. */
  ofSlip(shopId: string, id: string): CardTransaction[] {
    const found = [...(this.#bySlip.get(slipKey(shopId, id)) ?? [])].reverse();
    return found.flatMap((seqno) => this.transactions.get(seqno) ?? []);
  }

  issueOfSlip(shopId: string, id: string): Issue | null {
    return this.issues.get(this.#issueBySlip.get(slipKey(shopId, id)) ?? '') ?? null;
  }

  #open(transaction: CardTransaction): void {
    this.#forgetSlip(transaction.seqno);
    this.transactions.set(transaction.seqno, transaction);
    const key = slipKey(transaction.shopId, transaction.id);
    const known = this.#bySlip.get(key);
    if (known === undefined) this.#bySlip.set(key, new Set([transaction.seqno]));
    else known.add(transaction.seqno);
  }

  #move({ seqno, to, at, what, by }: MovedTransaction): void {
    const found = this.transactions.get(seqno);
    if (found === undefined) throw new Error(`the ledger has no transaction ${seqno}`);
    const history = [...found.history, { at, what, by }];
    this.transactions.set(seqno, { ...found, state: to, history });
  }

  #remove(seqno: string): void {
    this.#forgetSlip(seqno);
    this.transactions.delete(seqno);
  }

  #forgetSlip(seqno: string): void {
    const old = this.transactions.get(seqno);
    if (old !== undefined) this.#bySlip.get(slipKey(old.shopId, old.id))?.delete(seqno);
  }

  #putIssue(issue: Issue): void {
    this.issues.set(issue.settleno, issue);
    this.#issueBySlip.set(slipKey(issue.shopId, issue.id), issue.settleno);
  }

  /** Puts a notice; beyond a number, forgets the oldest one that needs no more tries. */
  #putNotice(notice: Notice): void {
    this.notices.set(notice.key, notice);
    if (this.notices.size <= NOTICES_MAX) return;
    for (const [key, { dueAt }] of this.notices) {
      if (dueAt !== null) continue;
      this.notices.delete(key);
      return;
    }
  }

  #clear(): void {
    for (const held of [this.transactions, this.customers, this.tokens, this.challenges])
      held.clear();
    for (const held of [this.issues, this.slips, this.bulks, this.notices]) held.clear();
    this.#bySlip.clear();
    this.#issueBySlip.clear();
    this.shopSettings.clear();
    this.mails = [];
    this.clockOffsetMs = 0;
    this.clockStoppedAt = null;
  }
}

/** Puts an item; beyond `most`, forgets the oldest: nobody will use it any more. */
function keep<T>(held: Map<string, T>, key: string, item: T, most: number): void {
  held.set(key, item);
  const [oldest] = held.keys();
  if (held.size > most && oldest !== undefined) held.delete(oldest);
}

function keyOfCustomer({
  shopId,
  customerId,
}: Pick<RegisteredCustomer, 'shopId' | 'customerId'>): string {
  return slipKey(shopId, customerId);
}

function slipKey(shopId: string, id: string): string {
  return `${shopId}/${id}`;
}
