import { isAsSeen, type Order } from '../order/order.ts';
import { type Instant, jstDateOf } from '../values/jst.ts';
import { factsOf, ourSideOf } from './comparison.ts';
import type { Drift } from './drift.ts';
import * as repairs from './repairs.ts';

/** D19: a command of the order waits for a second person (F59). */
export function ofProposal(order: Order, now: Instant): Drift[] {
  const { proposal } = order;
  if (proposal === null || now >= proposal.until) return [];
  const { version, fits, limited, until } = proposal;
  const isOvertaken = !isAsSeen(order, fits);
  const story = isOvertaken ? 'second_person_overtaken' : 'second_person_awaited';
  const ours = ourSideOf(order);
  return [
    {
      kind: 'second_person_awaited',
      story,
      urgency: 'today',
      amount: limited.amount,
      dueOn: jstDateOf(until),
      ours,
      theirs: [],
      differs: [],
      repairs: [repairs.advise('see_proposal')],
      fingerprint: [...factsOf(story, ours), version].join('|'),
    },
  ];
}
