import type { GatewayFault } from './faults.ts';
import { REDIRECT_ORDER, settlenoOf } from './payments.ts';
import type { Scenario } from './scenario.ts';
import { andPress, begins, LEAVE, pays, REOPEN, redirect, tells } from './scenarios-counter.ts';

/** The scenarios of 発行取消 (K3): alone, with 取消, and in a race with the customer. */

const REVOKE = { kind: 'revoke_payments', settlenos: [settlenoOf(0)] } as const;
const LEAVE_AND_REVOKE = { ...LEAVE, revokePayments: true } as const;

type Happens = Parameters<typeof redirect>[1];
type Press = typeof REVOKE | typeof LEAVE_AND_REVOKE;

/** A payment at a counter that somebody has revoked after ten seconds. */
function revoked(
  what: string,
  press: Press,
  happens: Happens = [],
  planned: readonly GatewayFault[] = [],
): Scenario {
  const scenario = redirect(`revoked, ${what}`, happens);
  return { ...andPress(scenario, 10_000, REDIRECT_ORDER, press), planned };
}

export const REVOCATIONS: readonly Scenario[] = [
  revoked('alone', REVOKE),
  revoked('with the order', LEAVE_AND_REVOKE),
  revoked('begun at the counter', LEAVE_AND_REVOKE, [
    [5_000, begins],
    [5_500, tells],
  ]),
  revoked('paid meanwhile', LEAVE_AND_REVOKE, [], ['paid_meanwhile']),
  revoked('refused by F-REGI', LEAVE_AND_REVOKE, [], ['refused_anyway']),
  revoked('paid at once, and told', LEAVE_AND_REVOKE, [
    [11_500, pays],
    [12_000, tells],
  ]),
  revoked('paid, without a notice', LEAVE_AND_REVOKE, [[10_500, pays]]),
  revoked('the request lost', LEAVE_AND_REVOKE, [], ['lost_request']),
  revoked('the answer lost', LEAVE_AND_REVOKE, [], ['lost_answer']),
  revoked('carried out late', LEAVE_AND_REVOKE, [], ['late_act']),
  revoked('never sent', LEAVE_AND_REVOKE, [], ['unsent']),
  revoked('every request lost', REVOKE, [], Array(4).fill('lost_request')),
  revoked('the request lost, then paid', REVOKE, [[60_000, pays]], ['lost_request']),
  andPress(
    revoked('with the order, opened again', LEAVE_AND_REVOKE),
    30_000,
    REDIRECT_ORDER,
    REOPEN,
  ),
  andPress(
    revoked('given up, and ordered again', REVOKE, [], Array(4).fill('lost_request')),
    900_000,
    REDIRECT_ORDER,
    REVOKE,
  ),
];
