import type { Answer, Ask, Sighting } from '../../backoffice/src/operations/gateway.ts';
import type { Timing } from '../../backoffice/src/operations/timing.ts';
import { type Faults, GATEWAY_FAULTS, type GatewayFault } from './faults.ts';
import type { Kernel } from './kernel.ts';
import { type Done, type Ledger, seenOf } from './ledger.ts';

/**
 * F-REGI, with everything that a network can do to it. What it does to the ledger goes its own way
 * and does not care whether the one who asked is still alive. Requests are lost, answers are lost,
 * come late or as garbage, and a request may be carried out after our deadline, up to `inFlightMs`.
 */
export class FakeGateway {
  readonly #kernel: Kernel;
  readonly #ledger: Ledger;
  readonly #faults: Faults;
  readonly #timing: Timing;
  readonly #onAsk: (ask: Ask, call: number) => void;
  #calls = 0;

  constructor(
    kernel: Kernel,
    ledger: Ledger,
    faults: Faults,
    timing: Timing,
    onAsk: (ask: Ask, call: number) => void,
  ) {
    this.#kernel = kernel;
    this.#ledger = ledger;
    this.#faults = faults;
    this.#timing = timing;
    this.#onAsk = onAsk;
  }

  /** Takes a request. `tell` is called once, at the latest at the deadline of the call. */
  ask(ask: Ask, tell: (answer: Answer) => void): void {
    const { random } = this.#kernel;
    const fault = this.#faults.strike(GATEWAY_FAULTS);
    const queuedMs = random.chance(0.1) ? random.int(0, this.#timing.queueMs) : 0;
    if (fault === 'unsent') {
      this.#tellAfter(queuedMs, tell, { kind: 'unsent', cause: 'refused connection' });
      return;
    }
    this.#calls += 1;
    const call = this.#calls;
    this.#kernel.after(queuedMs, () => {
      this.#onAsk(ask, call);
      this.#play(fault, ask, call, tell);
    });
  }

  /** Shows every transaction of a slip, as the ledger has them at one moment. */
  inquire(shopId: string, slipId: string, tell: (sighting: Sighting) => void): void {
    const { random } = this.#kernel;
    const failed = this.#faults.strike(['inquiry_failed']) !== null;
    this.#kernel.after(random.int(20, 2_000), () => {
      const transactions = this.#ledger.ofSlip(shopId, slipId).map(seenOf);
      const sighting: Sighting = failed
        ? { kind: 'failed', cause: 'HTTP 503' }
        : { kind: 'seen', transactions };
      this.#kernel.after(random.int(20, 5_000), () => tell(sighting));
    });
  }

  #play(fault: GatewayFault | null, ask: Ask, call: number, tell: (answer: Answer) => void): void {
    const { random } = this.#kernel;
    const { callMs, inFlightMs } = this.#timing;
    const actMs = random.int(50, random.chance(0.2) ? 30_000 : 2_000);
    const backMs = random.int(10, 1_000);
    const timeOut: Answer = { kind: 'unknown', cause: 'time-out' };
    switch (fault) {
      case 'lost_request':
        return this.#tellAfter(callMs, tell, timeOut);
      case 'lost_answer':
        this.#actAfter(actMs, ask, call);
        return this.#tellAfter(callMs, tell, timeOut);
      case 'late_act':
        this.#actAfter(callMs + random.int(0, inFlightMs), ask, call);
        return this.#tellAfter(callMs, tell, timeOut);
      case 'late_answer':
        return this.#actAfter(actMs, ask, call, (done) =>
          this.#tellAfter(callMs - actMs - random.int(0, 2_000), tell, answerOf(done)),
        );
      case 'half_done_change':
        if (ask.verb !== 'change_amount') break;
        this.#actAfter(actMs, ask, call, undefined, true);
        return this.#tellAfter(actMs + backMs, tell, { kind: 'unknown', cause: 'HTTP 500' });
      case 'declined':
        if (ask.verb !== 'change_amount' && ask.verb !== 'authorize') break;
        return this.#tellAfter(
          actMs,
          tell,
          answerOf({ kind: 'refused', refusal: 'card_declined' }),
        );
      case 'error_before':
        return this.#tellAfter(actMs, tell, { kind: 'unknown', cause: 'HTTP 502' });
      case 'unclear_before':
        return this.#tellAfter(actMs, tell, answerOf({ kind: 'refused', refusal: 'unclear' }));
      case 'error_after':
      case 'garbage_after':
      case 'unclear_after':
        this.#actAfter(actMs, ask, call);
        return this.#tellAfter(actMs + backMs, tell, AFTER[fault]);
      default:
        break;
    }
    this.#actAfter(actMs, ask, call, (done) => this.#tellAfter(backMs, tell, answerOf(done)));
  }

  #actAfter(
    waitMs: number,
    ask: Ask,
    call: number,
    then: (done: Done) => void = () => {},
    halfDone = false,
  ): void {
    this.#kernel.after(waitMs, () => {
      const done = this.#ledger.carryOut(ask, { by: 'shop', call }, halfDone);
      const what = done.kind === 'done' ? 'carried out' : done.refusal;
      this.#kernel.note('gateway', `call ${call}: ${ask.verb} ${ask.slipId}: ${what}`);
      then(done);
    });
  }

  #tellAfter(waitMs: number, tell: (answer: Answer) => void, answer: Answer): void {
    this.#kernel.after(waitMs, () => tell(answer));
  }
}

const AFTER = {
  error_after: { kind: 'unknown', cause: 'HTTP 504' },
  garbage_after: { kind: 'unknown', cause: 'an answer that does not begin with OK or NG' },
  unclear_after: { kind: 'refused', refusal: 'unclear', code: 'JCN-G97', text: '保留判定' },
} as const satisfies Record<string, Answer>;

function answerOf(done: Done): Answer {
  if (done.kind === 'done') return done;
  const { refusal } = done;
  return { kind: 'refused', refusal, code: null, text: refusal };
}
