import { addDays, jstDateOf } from '../../core/src/domain/values/jst.ts';
import { incoming } from './orders.ts';

/** 定期申込 as the cart hands it over, paid by bank transfer unless `changes` say otherwise. */
export function applicationOf(code: string, changes: object = {}) {
  const { amounts, details } = incoming();
  return {
    code,
    type: 'subscription',
    amounts,
    details,
    paymentKind: 'bank_transfer',
    paymentMethod: '銀行振込',
    cycle: { every: 1, unit: 'month' },
    nextDeliveryOn: addDays(jstDateOf(Date.now()), 30),
    ...changes,
  };
}
