import { canGiveBack } from './away.ts';
import type { Command } from './decide.ts';
import type { JstDate, Order } from './order.ts';
import { type CommandPreview, type PreviewSettings, previewCommand } from './preview-command.ts';
import { type ShipmentsWanted, shipCommand } from './ship-command.ts';
import { PAYMENT_KIND } from './states.ts';

/** What a bulk run does to each of its orders. */
export type RunPlan =
  | { readonly kind: 'mark_paid' }
  | {
      readonly kind: 'ship';
      readonly shippedOn: JstDate;
      /** 発送完了メール */
      readonly shippingMail: 'auto' | 'manual';
      /** And marks the order paid in the same run. */
      readonly andPay: boolean;
    }
  | {
      readonly kind: 'cancel';
      readonly cancelTransaction: boolean;
      readonly returnStock: boolean;
      readonly returnPoints: boolean;
      /** 注文キャンセル完了メール */
      readonly mailCustomer: boolean;
    }
  /** 予約 becomes 通常処理; what was declined on the way is authorized again. */
  | { readonly kind: 'authorize' }
  | { readonly kind: 'dismiss_cancel_request' };

/** What of a run concerns all of its orders. */
export type RunTerms = {
  readonly plan: RunPlan;
  readonly paidOn: JstDate;
  /** 入金確認メール */
  readonly mail: 'auto' | 'manual';
};

/** What a run knows of an order of its own, as it stands. */
export type RunOrder = {
  readonly order: Order;
  /** When each destination was sent to; null: not yet. */
  readonly shippedOn: readonly (JstDate | null)[];
  /** キャンセル依頼 */
  readonly cancelRequested: boolean;
};

/** The commands that a run gives on one order, in order: the preview and the run ask here (M6). */
export function runCommands(
  { plan, paidOn, mail }: RunTerms,
  row: RunOrder,
  wanted: ShipmentsWanted,
): Command[] {
  const pay: Command = {
    kind: 'mark_paid',
    paidOn,
    mail,
    withoutGateway: false,
    from: 'unpaid_list',
  };
  switch (plan.kind) {
    case 'mark_paid':
      return [pay];
    case 'ship': {
      const { shippingMail, andPay } = plan;
      // What is done already is left out; where nothing is left, the row says so.
      const open = wanted?.filter(({ destination }) => !row.shippedOn[destination]) ?? null;
      const ship = shipCommand(row.shippedOn, open, plan.shippedOn, { mail: shippingMail });
      const isSent = ship.shipments.length === 0;
      // An order that is sent only in part is not captured yet.
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
 * 注文を取り消す, with the boxes that were ticked for all orders together: for each of them that a
 * box concerns. What cannot be given back twice, or is paid without F-REGI, needs no box of its own.
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
  };
}

/** Previews all of a row's commands as one: refused where the first is, else what they come to. */
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
