import { nameOf, type OrderRef } from '../../core/src/domain/order/order.ts';
import {
  canBePaid,
  type RedirectStatus,
  type Revocation,
} from '../../core/src/domain/transaction/redirect.ts';
import { canBeRevoked, isBeingRevoked } from '../../core/src/domain/transaction/revocation.ts';
import type { Page } from '../../core/src/turns/operation.ts';
import { TIMING } from '../../core/src/turns/timing.ts';
import type { RevocationAnswer, RevocationCall } from '../../server/src/fregi/redirect.ts';
import type { Checks } from './checks.ts';
import type { Tell } from './outcome.ts';
import type { Stage } from './stage.ts';

/** 発行取消 at F-REGI, with the faults of a network, and what must hold of it (K3). */

type Wait = <T>(port: string, begin: (tell: Tell<T>) => void) => Promise<T>;

/**
 * F-REGI's side of a call. A request acts even if its sender has died; it may be lost, and be
 * carried out after our deadline.
 */
export function revocationCall(scene: Stage, wait: Wait): RevocationCall {
  const { kernel, faults } = scene;
  const { random } = kernel;
  const { callMs, inFlightMs } = TIMING;
  return (_shopId, settleno) =>
    wait<RevocationAnswer>('revoke payment', (tell) => {
      const fault = faults.ofGateway('revoke payment');
      const say = (waitMs: number, answer: RevocationAnswer) =>
        kernel.after(waitMs, () => tell(() => answer));
      if (fault === 'unsent') return void say(0, unanswered('refused connection'));
      leave(scene, settleno);
      const actMs = random.int(50, 2_000);
      const backMs = random.int(10, 1_000);
      const act = (waitMs: number, then: (answer: RevocationAnswer) => void = () => {}) =>
        kernel.after(waitMs, () => then(revokeAtFregi(scene, settleno)));
      switch (fault) {
        case 'paid_meanwhile':
          kernel.after(actMs - 1, () => payAtCounter(scene, settleno));
          return void act(actMs, (answer) => say(backMs, answer));
        case 'refused_anyway':
          return void say(actMs + backMs, REFUSED);
        case 'lost_request':
          return void say(callMs, unanswered('time-out'));
        case 'lost_answer':
          act(actMs);
          return void say(callMs, unanswered('time-out'));
        case 'late_act':
          act(callMs + random.int(0, inFlightMs));
          return void say(callMs, unanswered('time-out'));
        case 'error_after':
          act(actMs);
          return void say(actMs + backMs, unanswered('HTTP 500'));
        default:
          act(actMs, (answer) => say(backMs, answer));
      }
    });
}

const REFUSED: RevocationAnswer = { kind: 'refused', code: 'CSC1-1-122', text: 'wrong state' };

function payAtCounter({ kernel, paid }: Stage, settleno: string): void {
  const one = paid.get(settleno);
  if (one === undefined || !canBePaid(one.status)) return;
  kernel.note('gateway', `${settleno} is paid`);
  paid.set(settleno, { ...one, status: 'completed' });
}

function unanswered(cause: string): RevocationAnswer {
  return { kind: 'unanswered', cause };
}

function revokeAtFregi({ kernel, paid }: Stage, settleno: string): RevocationAnswer {
  const one = paid.get(settleno);
  const isRevoked = one !== undefined && canBeRevoked(one.status);
  kernel.note('gateway', `revoke ${settleno}: ${isRevoked ? 'carried out' : one?.status}`);
  if (!isRevoked) return REFUSED;
  paid.set(settleno, { ...one, status: 'revoked' });
  return { kind: 'done' };
}

/** At every call of 発行取消 that leaves for F-REGI. */
const AT_REVOCATION: Checks<[settleno: string, revocation: Revocation | undefined, now: number]> = {
  'INV-24: a revocation is ordered, each call is written before it leaves, and leaves once': (
    { paid },
    settleno,
    revocation,
    now,
  ) => {
    if (revocation === undefined) return `${settleno} is revoked, and nobody has ordered it`;
    const { asks, askedAt } = revocation;
    const last = paid.get(settleno)?.asked.at(-1);
    if (askedAt === null) return `${settleno} is revoked, and no call is written`;
    if (now - askedAt > TIMING.sendWindowMs) return `${settleno} is revoked too late`;
    if (last?.at === askedAt) return `call ${asks} of ${settleno} leaves again`;
    const isBlind = last !== undefined && askedAt - last.at < TIMING.quarantineMs;
    return isBlind ? `call ${asks} of ${settleno} leaves while the last may be carried out` : null;
  },
};

function leave(scene: Stage, settleno: string): void {
  const { kernel, store, payments, paid } = scene;
  const order = store.orders.get(nameOf(payments.kept.get(settleno) ?? NO_ORDER));
  const { revocation } = order?.redirects.find((one) => one.settleno === settleno) ?? {};
  scene.judge(AT_REVOCATION, settleno, revocation, kernel.now);
  const one = paid.get(settleno);
  if (one === undefined || revocation === undefined) return;
  const asked = { n: revocation.asks, at: revocation.askedAt ?? kernel.now };
  paid.set(settleno, { ...one, asked: [...one.asked, asked] });
}

const NO_ORDER: OrderRef = { shopId: '', orderNumber: '' };

const TRUE_OF: Readonly<Record<'revoked' | 'paid' | 'expired', readonly RedirectStatus[]>> = {
  revoked: ['revoked'],
  paid: ['completed', 'cancelled'],
  expired: ['expired'],
};

/** At every committed turn. */
export const REVOCATIONS_AT_COMMIT: Checks<[before: Page, after: Page]> = {
  'INV-24: a revocation ends as F-REGI says, and is given up for a reason': (
    { paid },
    _before,
    { entries, order },
  ) => {
    for (const entry of entries) {
      if (entry.kind !== 'revocation_ended') continue;
      const { settleno, outcome } = entry;
      const { status } = paid.get(settleno) ?? {};
      const { revocation } = order.redirects.find((one) => one.settleno === settleno) ?? {};
      const isTrue =
        outcome === 'failed'
          ? revocation?.refused || revocation?.asks === revocation?.asksMax
          : status !== undefined && TRUE_OF[outcome].includes(status);
      if (!isTrue) return `${settleno} is ${status}, and its revocation ends as ${outcome}`;
    }
    return null;
  },
};

export const REVOCATIONS_AT_REST: Checks<[]> = {
  'INV-24: no revocation is left undone': (evidence) => {
    const open = [...evidence.store.orders.values()].find(({ redirects }) =>
      redirects.some(isBeingRevoked),
    );
    return open === undefined ? null : `${open.orderNumber} waits for a revocation`;
  },
};
