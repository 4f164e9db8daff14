import type { Problem } from '@renkei/contract/common.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Locale, Reason } from '@renkei/core/domain/reasons/index.ts';
import { presentReason } from '../views/reasons.ts';
import { EDGE } from './edge-problems.ts';

/** An answer with a problem (RFC 9457). Code throws it at the edge, which answers once. */
export class HttpProblem extends Error {
  readonly problem: Omit<Problem, 'requestId'>;

  constructor(problem: Omit<Problem, 'requestId' | 'type'>) {
    super(problem.detail);
    this.name = 'HttpProblem';
    this.problem = { type: `https://renkei.example/problems/${problem.code}`, ...problem };
  }
}

export type EdgeProblem = keyof typeof EDGE;

/** Returns the text of a problem, to show it before it occurs. */
export function edgeDetail(code: EdgeProblem, locale: Locale): string {
  return EDGE[code][locale];
}

export function edgeProblem(
  code: EdgeProblem,
  locale: Locale,
  more: Partial<Problem> = {},
): HttpProblem {
  const facts = EDGE[code];
  const title = code.replaceAll('_', ' ');
  return new HttpProblem({ title, status: facts.status, detail: facts[locale], code, ...more });
}

/** Returns what was found. Throws the problem `not_found` if it is null or undefined. */
export function orNotFound<T>(found: T | null | undefined, locale: Locale): T {
  if (found === null || found === undefined) throw edgeProblem('not_found', locale);
  return found;
}

function statusOf(reason: Reason): number {
  if (reason === 'safe_mode') return 503;
  if (reason === 'confirmation_required') return 428;
  return UNPROCESSABLE.includes(reason) ? 422 : 409;
}

/** Refusals of a wrong request. The other refusals concern the order's state. */
const UNPROCESSABLE: readonly Reason[] = [
  'amount_zero',
  'amount_one',
  'amount_too_large',
  'paid_on_in_future',
  'paid_on_same',
  'deductions_exceed_total',
  'total_too_large',
  'billed_not_zero',
  'no_way_to_card',
  'return_not_offered',
  'no_points_used',
  'destinations_differ',
  'items_differ',
  'cancel_needs_other_method',
  'token_cannot_wait',
  'order_from_future',
  'customer_not_registered',
];

/** Returns the problem for a command refused before any call to F-REGI. */
export function refusalProblem(
  reason: Reason,
  because: Reason | null,
  locale: Locale,
  ref: OrderRef | null,
  more: Partial<Problem> = {},
): HttpProblem {
  const view = presentReason(reason, locale, ref);
  return new HttpProblem({
    title: reason.replaceAll('_', ' '),
    status: statusOf(reason),
    detail: `${view.cause}${locale === 'en' ? ' ' : ''}${view.remedy}`,
    code: reason,
    outcome: 'not_sent',
    reason: view,
    ...(because === null ? {} : { because: presentReason(because, locale, ref) }),
    ...more,
  });
}
