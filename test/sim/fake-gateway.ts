import type { Answer, Ask, InquiryResult, Seen } from '../../core/src/turns/asks.ts';
import type { Timing } from '../../core/src/turns/timing.ts';
import type { Faults, GatewayFault } from './faults.ts';
import type { Kernel } from './kernel.ts';
import { type Done, type Ledger, seenOf } from './ledger.ts';
import type { InquiryMode } from './orders.ts';

/**
 * F-REGI, with every fault of a network. A request acts on the ledger even if its sender has died.
 * Requests are lost; answers are lost, late or garbage; a request may be carried out after our
 * deadline, up to `inFlightMs`.
 */
export class FakeGateway {
  readonly #kernel: Kernel;
  readonly #ledger: Ledger;
  readonly #faults: Faults;
  readonly #timing: Timing;
  readonly #inquiryOf: (shopId: string) => InquiryMode;
  readonly #onAsk: (ask: Ask, call: number) => void;
  /** True if F-REGI wants each token's cardholder to confirm (Y2). */
  challenges = false;
  #calls = 0;
  #downUntil = 0;
  #queue = 0;

  constructor(kernel: Kernel, ledger: Ledger, faults: Faults, options: FakeGatewayOptions) {
    this.#kernel = kernel;
    this.#ledger = ledger;
    this.#faults = faults;
    this.#timing = options.timing;
    this.#inquiryOf = options.inquiryOf;
    this.#onAsk = options.onAsk;
  }

  /** Refuses all connections for `ms` milliseconds. */
  goDown(ms: number): void {
    this.#kernel.note('gateway', `is down for ${ms} ms`);
    this.#downUntil = this.#kernel.now + ms;
  }

  /** Drops the queued requests: their senders have ended, so these requests never leave. */
  forgetQueue(): void {
    this.#queue += 1;
  }

  /** Takes a request. Calls `tell` once, at the latest at the deadline of the call. */
  ask(ask: Ask, tell: (answer: Answer) => void): void {
    const { random } = this.#kernel;
    const fault = this.#faults.ofGateway(`ask ${ask.verb}`);
    const queuedMs = random.chance(0.1) ? random.int(0, this.#timing.queueMs) : 0;
    if (fault === 'unsent' || this.#kernel.now < this.#downUntil) {
      this.#tellAfter(queuedMs, tell, { kind: 'unsent', cause: 'refused connection' });
      return;
    }
    this.#calls += 1;
    const call = this.#calls;
    const queue = this.#queue;
    this.#kernel.after(queuedMs, () => {
      if (queue !== this.#queue) return;
      this.#onAsk(ask, call);
      this.#play(fault, ask, call, tell);
    });
  }

  /** Tells the transactions of a slip as the ledger has them at one moment. */
  inquire(shopId: string, slipId: string, tell: (sighting: InquiryResult) => void): void {
    const { random } = this.#kernel;
    const mode = this.#inquiryOf(shopId);
    if (mode === 'none') throw new Error(`${shopId} has no inquiry`);
    const fault = this.#faults.ofInquiry('inquire');
    this.#kernel.after(random.int(20, 2_000), () => {
      const all = this.#ledger.ofSlip(shopId, slipId).map(seenOf);
      const sighting: InquiryResult =
        fault === 'inquiry_failed'
          ? { kind: 'failed', cause: 'HTTP 503' }
          : mode === 'full'
            ? { kind: 'seen', transactions: all, complete: true }
            : glimpseOf(all);
      const backMs = fault === 'inquiry_slow' ? INQUIRY_MS - 2_000 : random.int(20, 1_000);
      this.#kernel.after(backMs, () => tell(sighting));
    });
  }

  #play(fault: GatewayFault | null, ask: Ask, call: number, tell: (answer: Answer) => void): void {
    const { random } = this.#kernel;
    const { callMs, inFlightMs } = this.#timing;
    const actMs = random.int(50, random.chance(0.2) ? 30_000 : 2_000);
    const backMs = random.int(10, 1_000);
    const act = (then?: (done: Outcome) => void) => this.#actAfter(actMs, ask, call, then);
    const say = (answer: Answer) => this.#tellAfter(actMs + backMs, tell, answer);
    const timeOut = () => this.#tellAfter(callMs, tell, { kind: 'unknown', cause: 'time-out' });
    const answer = (waitMs: number) => (done: Outcome) =>
      this.#tellAfter(waitMs, tell, answerOf(done));
    switch (fault) {
      case 'lost_request':
        timeOut();
        break;
      case 'lost_answer':
        act();
        timeOut();
        break;
      case 'late_act':
        this.#actAfter(callMs + random.int(0, inFlightMs), ask, call);
        timeOut();
        break;
      case 'late_answer':
        act(answer(callMs - actMs - random.int(0, 2_000)));
        break;
      case 'half_done_change':
        this.#actAfter(actMs, ask, call, undefined, true);
        say({ kind: 'unknown', cause: 'HTTP 500' });
        break;
      case 'declined':
        say(answerOf({ kind: 'refused', refusal: 'card_declined' }));
        break;
      case 'error_before':
      case 'garbage_before':
      case 'unclear_before':
        say(SAID[fault]);
        break;
      case 'error_after':
      case 'garbage_after':
      case 'unclear_after':
        act();
        say(SAID[fault]);
        break;
      default:
        act(answer(backMs));
    }
  }

  #actAfter(
    waitMs: number,
    ask: Ask,
    call: number,
    then: (done: Outcome) => void = () => {},
    halfDone = false,
  ): void {
    this.#kernel.after(waitMs, () => {
      const done = this.#act(ask, call, halfDone);
      const what = done.kind === 'refused' ? done.refusal : done.kind;
      this.#kernel.note('gateway', `call ${call}: ${ask.verb} ${ask.slipId}: ${what}`);
      then(done);
    });
  }

  #act(ask: Ask, call: number, halfDone: boolean): Outcome {
    if (this.challenges && ask.card !== null && 'token' in ask.card) {
      return { kind: 'challenge', page: this.#ledger.challenge(ask, call, this.#kernel.now) };
    }
    return this.#ledger.carryOut(ask, { by: 'shop', call }, halfDone);
  }

  #tellAfter(waitMs: number, tell: (answer: Answer) => void, answer: Answer): void {
    this.#kernel.after(waitMs, () => tell(answer));
  }
}

type Outcome = Done | Extract<Answer, { kind: 'challenge' }>;

type FakeGatewayOptions = {
  readonly timing: Timing;
  readonly inquiryOf: (shopId: string) => InquiryMode;
  /** Sees every request as it leaves. */
  readonly onAsk: (ask: Ask, call: number) => void;
};

/** The deadline of an inquiry, from connecting to the last byte. */
const INQUIRY_MS = 10_000;

/** A gateway that shows only the newest transaction of a slip, and does not show every slip. */
function glimpseOf(all: readonly Seen[]): InquiryResult {
  const newest = all.at(-1);
  if (newest === undefined) return { kind: 'unsupported' };
  return { kind: 'seen', transactions: [newest], complete: false };
}

const GARBAGE: Answer = { kind: 'unknown', cause: 'an answer that does not begin with OK or NG' };
const HELD: Answer = { kind: 'refused', refusal: 'unclear', code: 'JCN-G97', text: '保留判定' };
const SAID = {
  error_before: { kind: 'unknown', cause: 'HTTP 502' },
  error_after: { kind: 'unknown', cause: 'HTTP 504' },
  garbage_before: GARBAGE,
  garbage_after: GARBAGE,
  unclear_before: HELD,
  unclear_after: HELD,
} as const satisfies Partial<Record<GatewayFault, Answer>>;

function answerOf(done: Outcome): Answer {
  if (done.kind !== 'refused') return done;
  const { refusal } = done;
  return { kind: 'refused', refusal, code: null, text: refusal };
}
