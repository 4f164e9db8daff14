import type { Command } from '../commands/command.ts';
import { type Amounts, billedOf, type Order, settledOf } from '../order/order.ts';
import type { IssuedPayment } from '../transaction/redirect.ts';
import { revocableOf } from '../transaction/revocation.ts';
import type { JstDate } from '../values/jst.ts';
import { YEN_MAX, type Yen, yen } from '../values/yen.ts';
import type { Repair, RepairId } from './drift.ts';
import type { Sighted } from './sighted.ts';

/**
 * The repairs that a drift can offer. Each is an ordinary command: Renkei previews, decides and
 * journals it like any other press, and may refuse it.
 */

export function advise(id: RepairId): Repair {
  return { kind: 'advice', id };
}

/** D1: captures the authorization of an order that is paid already. */
export function capture(): Repair {
  return command('capture', { kind: 'capture' });
}

/** V4, P2, U1: voids or refunds, by the transaction's state. */
export function cancelTransaction(): Repair {
  return command('cancel_transaction', { kind: 'cancel_transaction' });
}

/** D12: cancels the second transaction of a slip. */
export function cancelStray(stray: Sighted): Repair {
  return command('cancel_stray', { kind: 'cancel_stray', stray });
}

export function unmarkPaid(): Repair {
  return command('unmark_paid', { kind: 'unmark_paid' });
}

/** C1, C2 */
export function markPaid(today: JstDate): Repair {
  const common = { kind: 'mark_paid', mail: 'auto', withoutGateway: false } as const;
  return command('mark_paid', { ...common, paidOn: today, from: 'detail' });
}

/** C5: F-REGI is not told. */
export function recordAsPaid(today: JstDate): Repair {
  const common = { kind: 'mark_paid', mail: 'manual', withoutGateway: true } as const;
  return command('record_as_paid', { ...common, paidOn: today, from: 'detail' });
}

/** V2: cancels the order and its authorization together. */
export function cancelOrder(): Repair {
  return command('cancel_transaction', {
    kind: 'change_status',
    to: 'cancelled',
    cancelTransaction: true,
  });
}

/** Puts the order back to 通常処理, so that its payment can be recorded. */
export function reopenOrder(): Repair {
  const back = { kind: 'change_status', to: 'processing', cancelTransaction: false } as const;
  return command('reopen_order', back);
}

/** K3: 発行取消 of the payments among these that F-REGI revokes when asked; none if there are none. */
export function revoke(payments: readonly IssuedPayment[]): Repair[] {
  const settlenos = revocableOf({ redirects: payments }).map(({ settleno }) => settleno);
  if (settlenos.length === 0) return [];
  return [command('revoke_payments', { kind: 'revoke_payments', settlenos })];
}

/** B3, by the card registered at F-REGI. */
export function authorize(): Repair {
  return command('authorize', { kind: 'authorize', cardToken: null });
}

/** A2 */
export function relink(to: Sighted): Repair {
  return command('relink', { kind: 'relink', to, adopt: false });
}

/**
 * A3, M5: links the order to the console's transaction and bills the amount held or captured there.
 */
export function relinkAndAdopt(to: Sighted): Repair {
  return command('adopt_amount', { kind: 'relink', to, adopt: true });
}

/** A3: the order bills the captured amount. */
export function adoptAmount(order: Order, captured: Yen): Repair {
  const amounts = amountsFor(order.amounts, billFor(order, captured));
  return command('adopt_amount', { kind: 'edit_amounts', amounts });
}

/** A3: F-REGI changes the captured amount to the billed amount. */
export function changeCapturedAmount(): Repair {
  const edit = { kind: 'edit_amounts', amounts: {}, changeCaptured: true } as const;
  return command('change_captured_amount', edit);
}

/**
 * O3: returns the yen that the order bills if the card was charged `captured` and the rest was
 * settled otherwise.
 */
export function billFor(order: Order, captured: Yen): Yen {
  return yen(Math.min(Math.max(0, captured + settledOf(order)), YEN_MAX));
}

/** Changes the amounts to another 請求金額: adds to その他手数料 if it rises, to 割引 if it falls. */
export function amountsFor(amounts: Amounts, billed: Yen): Amounts {
  const more = billed - billedOf(amounts);
  return more >= 0
    ? { ...amounts, otherFee: yen(amounts.otherFee + more) }
    : { ...amounts, discount: yen(amounts.discount - more) };
}

function command(id: RepairId, given: Command): Repair {
  return { kind: 'command', id, command: given };
}
