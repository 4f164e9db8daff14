import type { RunAgain, RunKind, RunPreview, RunPreviewRow, Verb } from '@renkei/contract';
import { jstDateOf } from '../../ui/browser/format.ts';
import type { Plan, PlanKind } from '../orders/select/plans.ts';

/** The terms for all orders together. */
export type Terms = {
  readonly plan: Plan;
  readonly paidOn: string;
  /** O6: the operator has confirmed an unlikely 入金日. */
  readonly dayConfirmed: boolean;
  readonly mail: 'auto' | 'manual';
  /** Also to those of whom F-REGI says that they have not paid. */
  readonly mailUnpaid: boolean;
};

/** Carrier and 送り状番号 of some orders, as a run takes them. */
export type Shipments = RunAgain['shipments'];

/** The kind of a run with these terms. */
export function kindOf({ plan }: Terms): RunKind {
  return plan.kind === 'ship' && plan.andPay ? 'ship_and_pay' : plan.kind;
}

/** The first terms of a plan: mails go out, and every irreversible choice is off. */
export function newTerms(kind: PlanKind): Terms {
  const today = jstDateOf(new Date());
  const plan = newPlan(kind, today);
  return { plan, paidOn: today, dayConfirmed: false, mail: 'auto', mailUnpaid: false };
}

function newPlan(kind: PlanKind, today: string): Plan {
  switch (kind) {
    case 'ship':
      return { kind, shippedOn: today, shippingMail: 'auto', andPay: false };
    case 'cancel':
      return {
        kind,
        cancelTransaction: false,
        returnStock: false,
        returnPoints: false,
        revokePayments: false,
        mailCustomer: false,
      };
    default:
      return { kind };
  }
}

/**
 * The outcome of an order: its last call to F-REGI, unless F-REGI will probably refuse it; without a
 * call, what stays as it is.
 */
const OUTCOMES = [
  'as_is',
  'with_change',
  'authorize',
  'void',
  'refund',
  'doubted',
  'revoke',
  'left_alone',
  'unpaid_at_gateway',
  'local_only',
  'excluded',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

const OF_VERB: Partial<Record<Verb, Outcome>> = {
  void: 'void',
  refund: 'refund',
  authorize: 'authorize',
};

function outcomeOf({ group, asks, gateway, doubt, revoked }: RunPreviewRow): Outcome {
  if (doubt !== null) return 'doubted';
  const last = asks.at(-1);
  if (last !== undefined) return OF_VERB[last.verb] ?? group;
  if (revoked.length > 0) return 'revoke';
  return gateway === 'left_alone' ? 'left_alone' : group;
}

/** The yen of a row: the amount of its call to F-REGI, otherwise the billed amount. */
function yenOf({ asks, billed }: RunPreviewRow): number {
  return asks.at(-1)?.amount ?? billed;
}

export type Group = {
  readonly outcome: Outcome;
  readonly rows: readonly RunPreviewRow[];
  readonly yen: number;
};

/** The rows by outcome, in the sequence of {@link OUTCOMES}, without empty groups. */
export function groupsOf({ rows }: Pick<RunPreview, 'rows'>): Group[] {
  return OUTCOMES.flatMap((outcome) => {
    const own = rows.filter((row) => outcomeOf(row) === outcome);
    const yen = own.reduce((sum, row) => sum + yenOf(row), 0);
    return own.length === 0 ? [] : [{ outcome, rows: own, yen }];
  });
}

/**
 * The groups that the server calls irreversible; a person types their number of orders to confirm.
 */
export function irreversibleIn(groups: readonly Group[]): Group[] {
  return groups.filter(({ rows }) => rows.some(({ irreversible }) => irreversible !== null));
}
