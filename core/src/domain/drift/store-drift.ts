import type { Order } from '../order/order.ts';
import type { RedirectSeen } from '../transaction/redirect.ts';
import type { JstDate } from '../values/jst.ts';
import { YEN_MAX, yen } from '../values/yen.ts';
import { factsOf, ourSideOf } from './comparison.ts';
import type { Drift } from './drift.ts';
import type { StoryId } from './drift-stories.ts';
import type { Payer } from './payer.ts';

/** An order with its payments at F-REGI, and how it came to be 入金済. */
export type StoreScene = { readonly order: Order; readonly payer: Payer; readonly today: JstDate };

/** Sums payments in yen. */
export function paidIn(payments: readonly RedirectSeen[]): number {
  return payments.reduce((sum, { amount }) => sum + amount, 0);
}

type Found = Pick<Drift, 'kind' | 'urgency' | 'differs' | 'repairs'> & {
  readonly story: StoryId;
  readonly amount: number;
  readonly redirects: readonly RedirectSeen[];
};

/** A drift that names payments; its fingerprint tells their states and the yen. */
export function drift({ order, payer }: StoreScene, { amount, ...found }: Found): Drift {
  const ours = ourSideOf(order);
  const facts = [
    ...factsOf(found.story, ours),
    payer.kind === 'payment' ? payer.settleno : payer.kind,
    String(amount),
    ...found.redirects.map((one) => `${one.settleno} ${one.status} ${one.amount}`),
  ];
  return {
    ...found,
    amount: yen(Math.min(amount, YEN_MAX)),
    dueOn: null,
    ours,
    theirs: [],
    fingerprint: facts.join('|'),
  };
}
