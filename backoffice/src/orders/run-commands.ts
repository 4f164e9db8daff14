import type { Command } from '../domain/decide.ts';
import type { JstDate, Order } from '../domain/order.ts';
import type { ShopSettings } from '../operations/operation.ts';
import { type Foreseen, foresee } from './foresee.ts';
import { type ShipmentsWanted, shipCommand } from './ship.ts';

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
  | { readonly kind: 'authorize' };

/** What of a run concerns all of its orders. */
export type RunTerms = {
  readonly plan: RunPlan;
  readonly paidOn: JstDate;
  /** 入金確認メール */
  readonly mail: 'auto' | 'manual';
};

/** What a run's row knows of its order: when each destination was sent, and what the file says. */
export type RunRowFacts = {
  readonly shippedOn: readonly (JstDate | null)[];
  readonly isPaid: boolean;
  readonly isPreorder: boolean;
  readonly shipments: ShipmentsWanted;
};

/** The commands that a run gives on one order, in order: the preview and the run ask here (M6). */
export function runCommands({ plan, paidOn, mail }: RunTerms, row: RunRowFacts): Command[] {
  const pay: Command = {
    ...{ kind: 'mark_paid', paidOn, mail },
    ...{ withoutGateway: false, from: 'unpaid_list' },
  };
  switch (plan.kind) {
    case 'mark_paid':
      return [pay];
    case 'ship': {
      const { shippedOn, shippingMail, andPay } = plan;
      const ship = shipCommand(row.shippedOn, row.shipments, shippedOn, { mail: shippingMail });
      const isSent = ship.shipments.length === 0;
      // What is done already is left out; where nothing is left, the row says so.
      // An order that is sent only in part is not captured yet.
      const pays = andPay && !row.isPaid && ship.complete;
      const open = [...(isSent ? [] : [ship]), ...(pays ? [pay] : [])];
      return open.length > 0 ? open : [ship];
    }
    case 'cancel': {
      const { cancelTransaction, returnStock, returnPoints, mailCustomer: told } = plan;
      const boxes = { cancelTransaction, returnStock, returnPoints, mail: told };
      return [{ kind: 'change_status', to: 'cancelled', ...boxes }];
    }
    case 'authorize':
      return [
        row.isPreorder
          ? { kind: 'change_status', to: 'processing', cancelTransaction: false }
          : { kind: 'authorize', cardToken: null },
      ];
    default:
      return plan satisfies never;
  }
}

/** Foresees all of a row's commands as one: refused where the first is, else what they come to. */
export function foreseeRow(
  order: Order,
  open: boolean,
  commands: readonly Command[],
  settings: ShopSettings,
  today: JstDate,
): Foreseen {
  const all = commands.map((command) => foresee(order, open, command, settings, today));
  const refused = all.find(({ kind }) => kind === 'refuse');
  const last = all.at(-1);
  if (last === undefined) throw new Error('a row without commands');
  if (refused !== undefined) return refused;
  const mail = all.some((one) => one.kind !== 'refuse' && one.mail);
  return last.kind === 'refuse' ? last : { ...last, mail };
}
