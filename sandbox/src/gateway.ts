import { ENDPOINTS, type Outcome, type Situation } from './endpoints.ts';
import { Faults } from './faults.ts';
import { type Journal, openJournal, openMemoryJournal } from './journal.ts';
import { type Actor, Ledger, type LedgerEvent } from './ledger.ts';
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

const WIRE_LOG_MAX = 2_000;
const LOOPBACK = ['127.0.0.1', '::1', '::ffff:127.0.0.1'];

/** The gateway behind the wire: ledger, journal, clock, faults, and the log of the wire. */
export class FregiGateway {
  readonly ledger = new Ledger();
  readonly faults = new Faults();
  readonly wireLog: WireRecord[] = [];
  readonly shops: Map<string, SandboxShop>;
  readonly captureDays: number;
  readonly #journal: Journal;

  private constructor(journal: Journal, shops: readonly SandboxShop[], captureDays: number) {
    this.#journal = journal;
    this.shops = new Map(shops.map((shop) => [shop.shopId, shop]));
    this.captureDays = captureDays;
    for (const event of journal.past) this.ledger.apply(event);
  }

  static async open(options: {
    readonly directory: string | null;
    readonly shops: readonly SandboxShop[];
    readonly captureDays?: number;
  }): Promise<FregiGateway> {
    const { directory, shops, captureDays = 60 } = options;
    const journal = directory === null ? openMemoryJournal() : await openJournal(directory);
    return new FregiGateway(journal, shops, captureDays);
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
    const endpoint = ENDPOINTS[cgi];
    if (endpoint === undefined) throw new Error(`there is no ${cgi}`);
    const outcome = endpoint(parameters, this.situation(shopId, by));
    await this.record(outcome.events);
    return outcome;
  }

  situation(shopId: string, by: Actor): Situation {
    const { ledger, captureDays } = this;
    return { ledger, shopId, now: this.now(), by, captureDays };
  }

  /** Applies events at once, so that the next command sees them, and waits for the disk. */
  async record(events: readonly LedgerEvent[]): Promise<void> {
    if (events.length === 0) return;
    for (const event of events) this.ledger.apply(event);
    await this.#journal.append(events);
  }

  /** 伝送: sends what waits to the card company; resolves to how many. */
  async transmit(): Promise<number> {
    const at = this.now();
    const events = this.ledger.list().flatMap(({ seqno, state }): LedgerEvent[] => {
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
