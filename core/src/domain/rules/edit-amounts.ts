import type { CommandOf } from '../commands/command.ts';
import { type Decision, type LinkSettings, record, refuse } from '../commands/decision.ts';
import { awayOf, movementsBetween } from '../order/away.ts';
import { chargeOf } from '../order/balance.ts';
import {
  type Amounts,
  CHARGED,
  DEDUCTED,
  deductionsOf,
  itemsOf,
  type Lines,
  type Order,
  sumOf,
  totalOf,
} from '../order/order.ts';
import { type OrderStatus, PAYMENT_KIND } from '../order/states.ts';
import type { Reason } from '../reasons/index.ts';
import { isCaptured } from '../transaction/link.ts';
import { YEN_MAX, yen } from '../values/yen.ts';
import { cardAmountRefusal } from './card-amount.ts';

type EditAmountsCommand = CommandOf<'edit_amounts'>;

/**
 * 商品・送料・手数料編集 and 決済・ポイント利用額編集. While 未入金, F-REGI learns of the edit at the capture (A1). A paid
 * order changes only together with its captured amount (A3).
 */
export function decideEditAmounts(
  order: Order,
  command: EditAmountsCommand,
  settings: LinkSettings,
): Decision {
  if (!EDITABLE.includes(order.status)) return refuse('status_not_editable');
  const { lines, changeCaptured = false } = command;
  const content = editContent(order, command);
  if (content.kind === 'refuse') return refuse(content.reason);
  const { amounts } = content;
  if (order.pointsReturned > amounts.pointsUsed) return refuse('points_already_returned');

  const after = awayOf({ ...order, amounts, lines: content.lines });
  const movements = movementsBetween(awayOf(order), after); // O4
  const edited = {
    kind: 'amounts_edited',
    amounts,
    ...(lines === undefined ? {} : { lines }),
    ...(movements.length > 0 ? { movements } : {}),
  } as const;
  if (changeCaptured) {
    const refusal = captureRefusal(order, amounts, settings);
    if (refusal) return refuse(refusal);
    return {
      kind: 'pursue',
      goal: 'adjusted',
      amount: yen(chargeOf({ ...order, amounts })),
      afterwards: edited,
    };
  }
  const fixed = paidRefusal(order, edited);
  return fixed === null ? record(edited) : refuse(fixed);
}

/** Statuses that allow 内容編集 of products, amounts and payment method. */
export const EDITABLE: readonly OrderStatus[] = ['preorder', 'processing', 'on_hold', 'completed'];

/** The products of an order or an application, and their amounts. */
export type Content = { readonly amounts: Amounts; readonly lines: Lines };
export type ContentEdit = Pick<EditAmountsCommand, 'amounts' | 'lines'>;

/** Returns the content after an edit; 商品合計金額 follows from the products. */
export function editContent(
  before: Content,
  edit: ContentEdit,
): ({ readonly kind: 'edited' } & Content) | { readonly kind: 'refuse'; readonly reason: Reason } {
  const wrong = linesRefusal(before, edit);
  if (wrong) return { kind: 'refuse', reason: wrong };
  const { lines } = edit;
  const items = lines === undefined ? {} : { items: itemsOf(lines) };
  const amounts: Amounts = { ...before.amounts, ...edit.amounts, ...items };
  const unfit = sumRefusal(amounts);
  if (unfit) return { kind: 'refuse', reason: unfit };
  return { kind: 'edited', amounts, lines: lines ?? before.lines };
}

/** An edit gives the products of every destination, or none. */
function linesRefusal(before: Content, { lines, amounts }: ContentEdit): Reason | null {
  if (lines === undefined) return null;
  if (lines.length !== before.lines.length) return 'destinations_differ';
  const prices = lines.flat().map(({ quantity, unitPrice }) => quantity * unitPrice);
  if (isTooLarge(prices)) return 'total_too_large';
  return amounts.items !== undefined && amounts.items !== itemsOf(lines) ? 'items_differ' : null;
}

function sumRefusal(amounts: Amounts): Reason | null {
  if (sumOf(amounts, CHARGED) > YEN_MAX) return 'total_too_large';
  if (sumOf(amounts, DEDUCTED) > YEN_MAX) return 'deductions_exceed_total';
  return deductionsOf(amounts) > totalOf(amounts) ? 'deductions_exceed_total' : null;
}

function isTooLarge(amounts: readonly number[]): boolean {
  return amounts.reduce((sum, amount) => sum + amount, 0) > YEN_MAX;
}

/**
 * A3: a paid order bills the amount that was paid, by card and otherwise (O3). An edit may bring
 * the bill to that amount, for example after a change at the console; any other bill must change
 * the captured amount with it.
 */
function paidRefusal(
  order: Order,
  { amounts, lines }: { readonly amounts: Amounts; readonly lines?: Lines },
): Reason | null {
  const { paidOn, paymentKind, transaction } = order;
  if (paidOn === null) return null; // A1
  if (!PAYMENT_KIND[paymentKind].linked) return 'unmark_paid_first';
  const captured = transaction && isCaptured(transaction.state) ? transaction.amount : null;
  const edits = lines !== undefined || chargeOf(order) !== captured;
  return edits && chargeOf({ ...order, amounts }) === captured ? null : 'paid_amount_fixed';
}

/** A3: Renkei has F-REGI change the captured amount only for a paid, captured card order. */
function captureRefusal(order: Order, amounts: Amounts, settings: LinkSettings): Reason | null {
  const { transaction, paidOn, paymentKind } = order;
  const captured = transaction !== null && isCaptured(transaction.state);
  if (paidOn === null || !captured || !PAYMENT_KIND[paymentKind].linked) return 'not_paid_by_card';
  if (!settings.linkEnabled) return 'link_off';
  const charge = chargeOf({ ...order, amounts });
  return charge === transaction?.amount ? 'captured_amount_same' : cardAmountRefusal(charge);
}
