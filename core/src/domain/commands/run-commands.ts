import { canGiveBack } from '../order/away.ts';
import type { Order } from '../order/order.ts';
import { PAYMENT_KIND } from '../order/states.ts';
import type { DayAsked } from '../rules/day-doubts.ts';
import { isGivenBack, notMadeOf } from '../transaction/redirect.ts';
import { revocableOf } from '../transaction/revocation.ts';
import type { JstDate } from '../values/jst.ts';
import type { Command } from './decide.ts';
import { type CommandPreview, type PreviewSettings, previewCommand } from './preview-command.ts';
import { type ShipmentsWanted, shipCommand } from './ship-command.ts';

/** The work of a bulk run on each of its orders. */
export type RunPlan =
  | { readonly kind: 'mark_paid' }
  | {
      readonly kind: 'ship';
      readonly shippedOn: JstDate;
      /** 発送完了メール */
      readonly shippingMail: 'auto' | 'manual';
      /** The same run also marks the order as paid. */
      readonly andPay: boolean;
    }
  | {
      readonly kind: 'cancel';
      readonly cancelTransaction: boolean;
      readonly returnStock: boolean;
      readonly returnPoints: boolean;
      /** K3: 発行取消を行う */
      readonly revokePayments: boolean;
      /** 注文キャンセル完了メール */
      readonly mailCustomer: boolean;
    }
  /** 予約 becomes 通常処理; orders declined there are authorized again. */
  | { readonly kind: 'authorize' }
  | { readonly kind: 'dismiss_cancel_request' };

/** The part of a run that applies to all of its orders. */
export type RunTerms = {
  readonly plan: RunPlan;
  readonly paidOn: JstDate;
  /** 入金確認メール */
  readonly mail: 'auto' | 'manual';
  /** Also to those of whom F-REGI says that they have not paid at the store (L2). */
  readonly mailUnpaid: boolean;
};

/** One order of a run, in its current state. */
export type RunOrder = {
  readonly order: Order;
  /** The ship date for each destination; null: not yet shipped. */
  readonly shippedOn: readonly (JstDate | null)[];
  /** キャンセル依頼 */
  readonly cancelRequested: boolean;
};

/**
 * Returns the commands of a run for one order, in sequence. The preview and the run both use it
 * (M6). `day`: what is asked about its 入金日 before it starts; a started run asks nothing (O6).
 */
export function runCommands(
  { plan, paidOn, mail, mailUnpaid }: RunTerms,
  row: RunOrder,
  wanted: ShipmentsWanted,
  day?: DayAsked,
): Command[] {
  const pay: Command = {
    kind: 'mark_paid',
    paidOn,
    mail: mailUnpaid || isConfirmed(row.order) ? mail : 'manual',
    withoutGateway: false,
    from: 'unpaid_list',
    ...(day && { day }),
  };
  switch (plan.kind) {
    case 'mark_paid':
      return [pay];
    case 'ship': {
      const { shippingMail, andPay } = plan;
      // Skips destinations that are shipped already; if none is left, the row says so.
      const open = wanted?.filter(({ destination }) => !row.shippedOn[destination]) ?? null;
      const ship = shipCommand(row.shippedOn, open, plan.shippedOn, { mail: shippingMail });
      const isSent = ship.shipments.length === 0;
      // A partly shipped order is not captured yet.
      const pays = andPay && row.order.paidOn === null && ship.complete;
      const commands = [...(isSent ? [] : [ship]), ...(pays ? [pay] : [])];
      return commands.length > 0 ? commands : [ship];
    }
    case 'cancel':
      return [cancelCommand(plan, row.order)];
    case 'authorize':
      return [
        row.order.status === 'preorder'
          ? { kind: 'change_status', to: 'processing', cancelTransaction: false }
          : { kind: 'authorize', cardToken: null },
      ];
    case 'dismiss_cancel_request':
      return [{ kind: 'dismiss_cancel_request', requested: row.cancelRequested }];
    default:
      return plan satisfies never;
  }
}

/**
 * 注文を取り消す, with the boxes of the whole run, each limited to the orders it concerns. An order
 * without F-REGI's money, or with stock or points already returned, needs no box of its own.
 */
function cancelCommand(plan: Extract<RunPlan, { kind: 'cancel' }>, order: Order): Command {
  const isLinked = PAYMENT_KIND[order.paymentKind].linked;
  const { stock, points } = canGiveBack(order);
  return {
    kind: 'change_status',
    to: 'cancelled',
    cancelTransaction: plan.cancelTransaction && isLinked,
    returnStock: plan.returnStock && stock,
    returnPoints: plan.returnPoints && points,
    mail: plan.mailCustomer,
    revokePayments: plan.revokePayments && revocableOf(order).length > 0,
  };
}

/**
 * Previews all commands of a row as one: the first refusal if there is any, otherwise the combined
 * result.
 */
export function previewRow(
  order: Order,
  open: boolean,
  commands: readonly Command[],
  settings: PreviewSettings,
  today: JstDate,
): CommandPreview {
  const all = commands.map((command) => previewCommand(order, open, command, settings, today));
  const refused = all.find(({ kind }) => kind === 'refuse');
  const last = all.at(-1);
  if (last === undefined) throw new Error('a row without commands');
  if (refused !== undefined) return refused;
  const mail = all.some((one) => one.kind !== 'refuse' && one.mail);
  return last.kind === 'refuse' ? last : { ...last, mail };
}

/** G6, O3: false if F-REGI says that the customer has not paid, or all of it was given back. */
function isConfirmed(order: Order): boolean {
  return notMadeOf(order).length === 0 && !isGivenBack(order);
}
