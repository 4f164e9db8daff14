import type { RunAgain, RunKind, RunPreview, RunPreviewRow, Verb } from '@renkei/contract';
import { jstDateOf } from '../../ui/format.ts';
import type { Plan, PlanKind } from '../orders/plans.ts';

/** What is wanted of all orders together. */
export type Terms = {
  readonly plan: Plan;
  readonly paidOn: string;
  readonly mail: 'auto' | 'manual';
};

/** Carrier and 送り状番号 of some orders, as a run takes them. */
export type Shipments = RunAgain['shipments'];

/** What a run of these terms is called. */
export function kindOf({ plan }: Terms): RunKind {
  return plan.kind === 'ship' && plan.andPay ? 'ship_and_pay' : plan.kind;
}

/** How a plan begins: mails go out, and what cannot be taken back is not asked for. */
export function newTerms(kind: PlanKind): Terms {
  const today = jstDateOf(new Date());
  return { plan: newPlan(kind, today), paidOn: today, mail: 'auto' };
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
        mailCustomer: false,
      };
    default:
      return { kind };
  }
}

/** What becomes of an order: what F-REGI is told last; or that it is told nothing, and what stays. */
const OUTCOMES = [
  'as_is',
  'with_change',
  'authorize',
  'void',
  'refund',
  'left_alone',
  'local_only',
  'excluded',
] as const;
export type Outcome = (typeof OUTCOMES)[number];

const OF_VERB: Partial<Record<Verb, Outcome>> = {
  void: 'void',
  refund: 'refund',
  authorize: 'authorize',
};

function outcomeOf({ group, asks, gateway }: RunPreviewRow): Outcome {
  const last = asks.at(-1);
  if (last !== undefined) return OF_VERB[last.verb] ?? group;
  return gateway === 'left_alone' ? 'left_alone' : group;
}

/** The yen that a row is about: what F-REGI is told, else what is billed. */
function yenOf({ asks, billed }: RunPreviewRow): number {
  return asks.at(-1)?.amount ?? billed;
}

export type Group = {
  readonly outcome: Outcome;
  readonly rows: readonly RunPreviewRow[];
  readonly yen: number;
};

/** The rows by what becomes of them, in the sequence of {@link OUTCOMES}; empty groups are left out. */
export function groupsOf({ rows }: Pick<RunPreview, 'rows'>): Group[] {
  return OUTCOMES.flatMap((outcome) => {
    const own = rows.filter((row) => outcomeOf(row) === outcome);
    const yen = own.reduce((sum, row) => sum + yenOf(row), 0);
    return own.length === 0 ? [] : [{ outcome, rows: own, yen }];
  });
}

/** What the server calls irreversible, with the number of orders: a person types it to confirm. */
export function irreversibleIn(groups: readonly Group[]): Group[] {
  return groups.filter(({ rows }) => rows.some(({ irreversible }) => irreversible !== null));
}
