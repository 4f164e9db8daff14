import { findEndpoint } from './endpoints.ts';
import { Faults } from './faults.ts';
import { type Journal, openJournal, openMemoryJournal } from './journal.ts';
import { type Actor, Ledger, type LedgerEvent } from './ledger.ts';
import type { Outcome, Situation } from './outcome.ts';
import { lastDueAt, parseTimeOfDay } from './schedule.ts';
import type { Parameters } from './wire.ts';

/** A shop with a contract at the sandbox. */
export type SandboxShop = {
  readonly shopId: string;
  readonly name: string;
  /** Whether `/sandbox/v1/inquiry` answers for it: F-REGI publishes no inquiry. */
  readonly inquiry: boolean;
  /** Source addresses that may call; loopback if left out (protocol §1). */
  readonly allowedIps?: readonly string[];
};

export type WireRecord = {
  readonly at: number;
  readonly cgi: string;
  readonly shopId: string;
  readonly request: string;
  /** The answer's bytes, base64; empty where none was sent. */
  readonly answer: string;
  readonly decoded: string;
  readonly fault: string | null;
  readonly tookMs: number;
};

export type GatewayOptions = {
  /** Where the ledger is kept; null keeps it in memory. */
  readonly directory: string | null;
  readonly shops: readonly SandboxShop[];
  /** 売上処理期限, days from the authorization; 60 if left out. */
  readonly captureDays?: number;
  /** When the daily transmission runs, JST, like `23:00`; only by hand if left out. */
  readonly transmissionAt?: string;
};

const WIRE_LOG_MAX = 2_000;
const CAPTURE_DAYS = 60;
const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** The gateway behind the wire: ledger, journal, clock, faults, and the log of the wire. */
export class FregiGateway {
  readonly ledger = new Ledger();
  readonly faults = new Faults();
  readonly wireLog: WireRecord[] = [];
  readonly shops: Map<string, SandboxShop>;
  readonly captureDays: number;
  readonly #journal: Journal;
  readonly #transmissionMs: number | null;
  /** The last daily transmission that was looked after. */
  #transmittedAt = Number.NEGATIVE_INFINITY;

  private constructor(journal: Journal, options: GatewayOptions, transmissionMs: number | null) {
    this.#journal = journal;
    this.#transmissionMs = transmissionMs;
    this.shops = new Map(options.shops.map((shop) => [shop.shopId, shop]));
    this.captureDays = options.captureDays ?? CAPTURE_DAYS;
    for (const event of journal.past) this.ledger.apply(event);
  }

  static async open(options: GatewayOptions): Promise<FregiGateway> {
    const { directory, transmissionAt } = options;
    const at = transmissionAt === undefined ? null : parseTimeOfDay(transmissionAt);
    if (transmissionAt !== undefined && at === null) {
      throw new Error(`the daily transmission runs at a time like 23:00, not ${transmissionAt}`);
    }
    const journal = directory === null ? openMemoryJournal() : await openJournal(directory);
    return new FregiGateway(journal, options, at);
  }

  /** The sandbox's clock: the machine's, moved by what was asked. */
  now(): number {
    return Date.now() + this.ledger.clockOffsetMs;
  }

  mayCall(shopId: string, address: string): boolean {
    const shop = this.shops.get(shopId);
    return shop !== undefined && (shop.allowedIps ?? LOOPBACK).includes(address);
  }

  /** Carries a CGI out for a shop; resolves once it is durable. */
  async execute(cgi: string, shopId: string, parameters: Parameters, by: Actor): Promise<Outcome> {
    const endpoint = findEndpoint(cgi);
    if (endpoint === null) throw new Error(`there is no ${cgi}`);
    const outcome = endpoint(parameters, this.situation(shopId, by));
    await this.record(outcome.events);
    return outcome;
  }

  situation(shopId: string, by: Actor): Situation {
    const { ledger, captureDays } = this;
    return { ledger, shopId, now: this.now(), by, captureDays };
  }

  /**
   * Applies events at once, so that the next command sees them, and waits for the disk. A command
   * without events waits, too: its answer may tell what another has done and not yet written.
   */
  async record(events: readonly LedgerEvent[]): Promise<void> {
    if (events.length === 0) return this.settled();
    for (const event of events) this.ledger.apply(event);
    await this.#journal.append(events);
  }

  /** Resolves once all that the ledger knows is on disk. */
  settled(): Promise<void> {
    return this.#journal.settled();
  }

  /** Moves the clock, forwards or back; a daily transmission that it passes is carried out. */
  async moveClock(byMs: number): Promise<void> {
    const offsetMs = this.ledger.clockOffsetMs + byMs;
    await this.record([{ kind: 'clock_moved', offsetMs }]);
    await this.transmitWhatIsDue();
  }

  /**
   * The daily transmission. What waits since before the last set time goes, also after a time when
   * the sandbox was not running: nothing needs to remember when it ran last.
   */
  async transmitWhatIsDue(): Promise<void> {
    if (this.#transmissionMs === null) return;
    const dueAt = lastDueAt(this.now(), this.#transmissionMs);
    if (dueAt === this.#transmittedAt) return;
    this.#transmittedAt = dueAt;
    await this.transmit(dueAt);
  }

  /** 伝送: sends what waits since before an instant to the card company; resolves to how many. */
  async transmit(before = Number.POSITIVE_INFINITY): Promise<number> {
    const at = this.now();
    const events = this.ledger.list().flatMap(({ seqno, state, history }): LedgerEvent[] => {
      if ((history.at(-1)?.at ?? 0) >= before) return [];
      if (state === 'captured_untransmitted') return [transmitted(seqno, 'captured_transmitted')];
      if (state === 'refunded_untransmitted') return [transmitted(seqno, 'refunded_transmitted')];
      return [];
    });
    await this.record(events);
    return events.length;

    function transmitted(
      seqno: string,
      to: 'captured_transmitted' | 'refunded_transmitted',
    ): LedgerEvent {
      return { kind: 'moved', seqno, to, at, what: 'transmission', by: 'batch' };
    }
  }

  log(record: WireRecord): void {
    this.wireLog.push(record);
    if (this.wireLog.length > WIRE_LOG_MAX) this.wireLog.shift();
  }

  close(): Promise<void> {
    return this.#journal.close();
  }
}
