import { randomInt } from 'node:crypto';
import { findEndpoint } from './endpoints/index.ts';
import { carryOutBulk } from './endpoints/monthly.ts';
import type { CgiOutcome, Situation } from './endpoints/outcome.ts';
import { Faults } from './faults/rules.ts';
import type { LedgerActor } from './ledger/entities.ts';
import type { LedgerEvent } from './ledger/events.ts';
import { type Journal, openJournal, openMemoryJournal } from './ledger/journal.ts';
import { Ledger } from './ledger/ledger.ts';
import { transmissionOf } from './ledger/transmission.ts';
import { Notices } from './notices/notices.ts';
import { processingMail } from './notices/processing-mail.ts';
import { Numbers } from './numbers.ts';
import type { SandboxShop, ShopOptions } from './shops.ts';
import { lastDueAt, parseTimeOfDay } from './time.ts';
import type { Parameters } from './wire/form.ts';
import { WireLog } from './wire/log.ts';

export type GatewayOptions = {
  /** The directory of the ledger; null keeps it in memory. */
  readonly directory: string | null;
  readonly shops: readonly SandboxShop[];
  /** 売上処理期限, days from the authorization; 60 if left out. */
  readonly captureDays?: number;
  /** The time of the daily transmission, JST, like `23:00`; only by hand if left out. */
  readonly transmissionAt?: string;
  /** The seed of all numbers; by chance if left out. */
  readonly seed?: number;
};

/** A call of a CGI: over the wire, from the browser, or at the console. */
export type CgiCall = {
  readonly shopId: string;
  readonly parameters: Parameters;
  readonly by: LedgerActor;
  readonly origin?: string;
  readonly posted?: boolean;
};

const CAPTURE_DAYS = 60;
const SEED_MAX = 2 ** 31;

/** The gateway behind the wire: ledger, journal, clock, numbers, faults, notices, wire log. */
export class FregiGateway {
  readonly ledger = new Ledger();
  readonly faults = new Faults();
  readonly wireLog = new WireLog();
  readonly notices: Notices;
  readonly captureDays: number;
  readonly transmissionAt: string | null;
  numbers: Numbers;
  readonly #shops: ReadonlyMap<string, SandboxShop>;
  readonly #journal: Journal;
  readonly #transmissionMs: number | null;
  /** The last daily transmission that was carried out. */
  #transmittedAt = Number.NEGATIVE_INFINITY;

  private constructor(journal: Journal, options: GatewayOptions, transmissionMs: number | null) {
    this.#journal = journal;
    this.#transmissionMs = transmissionMs;
    this.transmissionAt = options.transmissionAt ?? null;
    this.#shops = new Map(options.shops.map((shop) => [shop.shopId, shop]));
    this.captureDays = options.captureDays ?? CAPTURE_DAYS;
    this.numbers = new Numbers(options.seed ?? randomInt(SEED_MAX));
    for (const event of journal.past) this.ledger.apply(event);
    this.notices = new Notices(this);
  }

  static async open(options: GatewayOptions): Promise<FregiGateway> {
    const { directory, transmissionAt } = options;
    const at = transmissionAt === undefined ? null : parseTimeOfDay(transmissionAt);
    if (transmissionAt !== undefined && at === null) {
      throw new Error(
        `the daily transmission runs at a time like 23:00, not ${transmissionAt}` +
          ' / 伝送時刻は 23:00 の形式です',
      );
    }
    const journal = directory === null ? openMemoryJournal() : await openJournal(directory);
    const gateway = new FregiGateway(journal, options, at);
    await gateway.carryOutBulks();
    return gateway;
  }

  /** Returns the sandbox's clock: the machine's or a stopped one, moved by request. */
  now(): number {
    return (this.ledger.clockStoppedAt ?? Date.now()) + this.ledger.clockOffsetMs;
  }

  /** Returns a shop with its changes while the sandbox runs; null if there is none. */
  shop(shopId: string): SandboxShop | null {
    const settings = this.ledger.shopSettings.get(shopId);
    const shop = this.#shops.get(shopId);
    if (settings === undefined) return shop ?? null;
    return { ...(shop ?? { shopId, name: shopId, inquiry: false }), ...settings };
  }

  listShops(): SandboxShop[] {
    const shopIds = new Set([...this.#shops.keys(), ...this.ledger.shopSettings.keys()]);
    return [...shopIds].sort().flatMap((shopId) => this.shop(shopId) ?? []);
  }

  /** Changes a shop's agreement, or adds a shop. */
  async changeShop(shopId: string, settings: ShopOptions): Promise<void> {
    const before = this.ledger.shopSettings.get(shopId);
    const changed = { ...before, ...settings };
    await this.record([{ kind: 'shop_changed', shopId, settings: changed }]);
  }

  /** Carries a CGI out for a shop; resolves once it is durable. */
  async execute(cgi: string, call: CgiCall): Promise<CgiOutcome> {
    const endpoint = findEndpoint(cgi);
    const situation = this.situation(call);
    if (endpoint === null || situation === null) throw new Error(`${call.shopId} has no ${cgi}`);
    const outcome = endpoint(call.parameters, situation);
    const { lines, events } = outcome;
    const hasDone = call.by === 'shop' && events.length > 0;
    const { shop, now } = situation;
    const mail = hasDone ? processingMail(shop, cgi, call.parameters, lines, now) : [];
    await this.settle({ ...outcome, events: [...events, ...mail] }, call.shopId);
    return outcome;
  }

  /** Records an outcome's events and notices; resolves once they are durable. */
  async settle({ events, notices = [] }: CgiOutcome, shopId: string): Promise<void> {
    const told = this.notices.draft(shopId, notices);
    const recorded = this.record([...events, ...told]);
    // An accepted bulk charge is carried out after its answer (protocol §4.8).
    if (this.ledger.bulks.size > 0) setImmediate(() => void this.carryOutBulks().catch(() => {}));
    await recorded;
    if (told.length > 0) this.notices.look();
  }

  /** Returns the view of a call; null if its shop does not exist. */
  situation(call: Omit<CgiCall, 'parameters'>): Situation | null {
    const { shopId, by, origin = '', posted = true } = call;
    const shop = this.shop(shopId);
    if (shop === null) return null;
    const { ledger, captureDays, numbers } = this;
    return { ledger, shop, shopId, now: this.now(), by, captureDays, numbers, origin, posted };
  }

  /**
   * Applies events at once, so that the next command sees them, and waits for the disk. A command
   * without events waits, too: its answer may tell another command's deed that is not written yet.
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

  /** Moves the clock, forwards or back, and carries out whatever falls due on the way. */
  async moveClock(byMs: number): Promise<void> {
    const offsetMs = this.ledger.clockOffsetMs + byMs;
    await this.record([{ kind: 'clock_moved', offsetMs }]);
    await this.transmitWhatIsDue();
    this.notices.look();
  }

  /** Stops the clock at its present instant, or lets it go from there. */
  async stopClock(stops: boolean): Promise<void> {
    const now = this.now();
    const stoppedAt = stops ? now : null;
    const offsetMs = stops ? 0 : now - Date.now();
    if (stops === (this.ledger.clockStoppedAt !== null)) return;
    await this.record([
      { kind: 'clock_stopped', stoppedAt },
      { kind: 'clock_moved', offsetMs },
    ]);
  }

  /** Empties the ledger; a seed begins its numbers anew, and an instant stops the clock. */
  async reset(seed?: number, stoppedAt: number | null = null): Promise<void> {
    if (seed !== undefined) this.numbers = new Numbers(seed);
    this.wireLog.clear();
    await this.record([{ kind: 'reset' }, { kind: 'clock_stopped', stoppedAt }]);
  }

  /** Carries out the accepted bulk charges; each is one line of the journal. */
  async carryOutBulks(): Promise<void> {
    for (const bulk of [...this.ledger.bulks.values()]) {
      const situation = this.situation({ shopId: bulk.shopId, by: 'batch' });
      if (situation === null) continue;
      const outcome = carryOutBulk(bulk, situation);
      const told = this.notices.draft(bulk.shopId, outcome.notices ?? []);
      await this.record([...outcome.events, ...told]);
    }
    this.notices.look();
  }

  /**
   * Carries out the daily transmission. It sends whatever has waited since before the last set
   * time, also after a time when the sandbox was not running: nothing needs to remember the last
   * transmission.
   */
  async transmitWhatIsDue(): Promise<void> {
    if (this.#transmissionMs === null) return;
    const dueAt = lastDueAt(this.now(), this.#transmissionMs);
    if (dueAt === this.#transmittedAt) return;
    this.#transmittedAt = dueAt;
    await this.transmit({ before: dueAt });
  }

  /**
   * 伝送: sends transactions that have waited since before an instant to the card company; resolves
   * to their number.
   */
  async transmit({
    before = Number.POSITIVE_INFINITY,
    shopId,
  }: {
    readonly before?: number;
    readonly shopId?: string | undefined;
  } = {}): Promise<number> {
    const events = transmissionOf(this.ledger.list(shopId), before, this.now());
    await this.record(events);
    return events.length;
  }

  async close(): Promise<void> {
    await this.notices.close();
    await this.#journal.close();
  }
}
