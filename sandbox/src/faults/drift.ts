import { captureDeadline } from '../endpoints/operations.ts';
import type { FregiGateway } from '../gateway.ts';
import type { CardTransaction } from '../ledger/entities.ts';
import type { LedgerEvent } from '../ledger/events.ts';
import type { LedgerState } from '../ledger/states.ts';
import type { BothLanguages } from '../said.ts';
import { DAY_MS } from '../time.ts';
import type { FaultRule } from './rules.ts';

/**
 * Drift: F-REGI differs from a shop's belief. One press makes each kind. The shop hears nothing, as
 * it hears nothing when a person works at the real console.
 */
type DriftFault = {
  readonly ja: string;
  readonly en: string;
  readonly make: (transaction: CardTransaction, context: DriftContext) => MadeDrift;
};
type MadeDrift = {
  readonly events?: readonly LedgerEvent[];
  readonly rules?: readonly FaultRule[];
};
type DriftContext = {
  readonly gateway: FregiGateway;
  readonly now: number;
  readonly amount: number;
};

const DEADLINE_DAYS_LEFT = 3;
const AMOUNT_MORE = 1_000;

export const DRIFTS: Readonly<Record<string, DriftFault>> = {
  capture_missing: {
    ja: '店舗は入金済、F-REGIは承認済（売上が無かったことになる）',
    en: 'the shop has captured, F-REGI has not',
    make: (old, context) => put(old, 'authorized', context),
  },
  captured_here: {
    ja: '店舗は未入金、F-REGIは売上済',
    en: 'captured at the console',
    make: (old, context) => put(old, 'captured_untransmitted', context),
  },
  voided_here: {
    ja: '店舗は未入金、F-REGIは承認取消',
    en: 'voided at the console',
    make: (old, context) => put(old, 'voided', context),
  },
  still_authorized: {
    ja: '店舗は取消・決済不要、F-REGIは承認済のまま',
    en: 'the shop has cancelled, F-REGI still holds the amount',
    make: (old, context) => put(old, 'authorized', context),
  },
  still_captured: {
    ja: '店舗は取消・返品、F-REGIは売上済のまま',
    en: 'the shop has cancelled, F-REGI still charges',
    make: (old, context) => put(old, 'captured_transmitted', context),
  },
  amount_changed: {
    ja: '金額がF-REGI管理画面で変更された',
    en: 'the amount was changed at the console',
    make: changeAmount,
  },
  authorization_failed: {
    ja: 'F-REGIは承認失敗',
    en: 'F-REGI has a failed authorization',
    make: (old, context) => put(old, 'authorization_failed', context),
  },
  capture_failed: {
    ja: 'F-REGIは売上失敗',
    en: 'F-REGI has a failed capture',
    make: (old, context) => put(old, 'capture_failed', context),
  },
  answer_lost: {
    ja: '次の呼び出しの応答が失われる（処理は行われる）',
    en: 'the answer to the shop’s next call is lost, but it acts',
    make: ({ shopId }) => ({ rules: [{ kind: 'drop_after', shopId, times: 1 }] }),
  },
  deadline_near: {
    ja: '売上処理期限まで3日',
    en: 'three days are left to capture',
    make: (old, { gateway, now }) => {
      const left = captureDeadline(old, gateway.captureDays) - now;
      const authorizedAt = old.authorizedAt - left + DEADLINE_DAYS_LEFT * DAY_MS;
      return { events: [{ kind: 'opened', transaction: { ...old, authorizedAt } }] };
    },
  },
  authorization_declined: {
    ja: '次の承認が拒否される（予約受注の承認など）',
    en: 'the shop’s next authorization is declined',
    make: ({ shopId }) => ({ rules: [{ kind: 'decline', shopId, cgi: 'authm.cgi', times: 1 }] }),
  },
  double: {
    ja: '同じ伝票番号に、有効な取引がもう一つある',
    en: 'a second live transaction of the same slip',
    make: (old, context) => copy(old, old.id, context),
  },
  orphan: {
    ja: '店舗に無い伝票番号の取引がある',
    en: 'a transaction whose slip no shop has',
    make: (old, context) => copy(old, `LOST-${context.gateway.numbers.key(8)}`, context),
  },
  missing: {
    ja: 'F-REGIに取引が無い',
    en: 'F-REGI does not have the transaction',
    make: ({ seqno }) => ({ events: [{ kind: 'removed', seqno }] }),
  },
};

/** Returns the effect of a press, or why it has none. A number or a slip names the transaction. */
export function driftOf(
  gateway: FregiGateway,
  kind: string,
  { seqno, shopId, id, amount }: Partial<Record<string, unknown>>,
):
  | {
      readonly events: readonly LedgerEvent[];
      readonly rules: readonly FaultRule[];
      readonly slip: CardTransaction;
    }
  | { readonly status: 400 | 404; readonly wrong: BothLanguages } {
  const drift = Object.hasOwn(DRIFTS, kind) ? DRIFTS[kind] : undefined;
  if (drift === undefined) {
    return {
      status: 404,
      wrong: {
        en: `there is no such drift; kinds: ${Object.keys(DRIFTS).join(', ')}`,
        ja: `該当する差異の種類がありません。種類: ${Object.keys(DRIFTS).join(', ')}`,
      },
    };
  }
  const { ledger } = gateway;
  const [ofSlip] = ledger.ofSlip(String(shopId), String(id));
  const slip = ledger.transactions.get(String(seqno)) ?? ofSlip;
  if (slip === undefined)
    return {
      status: 404,
      wrong: {
        en: 'no such transaction: seqno, or shopId and id',
        ja: '該当する取引がありません。seqno、または shopId と id を指定してください',
      },
    };
  const wanted = amount ?? slip.amount + AMOUNT_MORE;
  if (typeof wanted !== 'number' || !Number.isSafeInteger(wanted) || wanted < 2) {
    return {
      status: 400,
      wrong: { en: 'amount is yen, two or more', ja: 'amount は2円以上の整数で指定してください' },
    };
  }
  const made = drift.make(slip, { gateway, now: gateway.now(), amount: wanted });
  return { events: made.events ?? [], rules: made.rules ?? [], slip };
}

/** Puts the same transaction into another state than the shop believes. */
function put(old: CardTransaction, state: LedgerState, { now }: DriftContext): MadeDrift {
  const history = [...old.history, { at: now, what: 'drift', by: 'console' } as const];
  return { events: [{ kind: 'opened', transaction: { ...old, state, history } }] };
}

/**
 * Changes an amount as the console does: opens a new transaction for the new amount and cancels the
 * old one.
 */
function changeAmount(old: CardTransaction, context: DriftContext): MadeDrift {
  const { now, amount } = context;
  const isCaptured = old.state.startsWith('captured_');
  const gone: LedgerState = isCaptured ? 'refunded_untransmitted' : 'voided';
  const [fresh] = copy({ ...old, amount }, old.id, context, old.seqno).events ?? [];
  const what = isCaptured ? 'salechange' : 'authchange';
  const cancelled = {
    kind: 'moved',
    seqno: old.seqno,
    to: gone,
    at: now,
    what,
    by: 'console',
  } as const;
  return { events: fresh === undefined ? [] : [fresh, cancelled] };
}

function copy(
  old: CardTransaction,
  id: string,
  { gateway, now }: DriftContext,
  changedFrom: string | null = null,
): MadeDrift {
  const isTaken = (number: string) => gateway.ledger.transactions.has(number);
  const transaction: CardTransaction = {
    ...old,
    id,
    changedFrom,
    authorizedAt: now,
    seqno: gateway.numbers.twenty(now, isTaken),
    authCode: gateway.numbers.authCode(),
    history: [{ at: now, what: 'drift', by: 'console' }],
  };
  return { events: [{ kind: 'opened', transaction }] };
}
