import type { Order } from '../order/order.ts';
import type { OpenState, PaymentKind } from '../order/states.ts';
import { methodsFor } from '../rules/change-method.ts';
import type { Goal } from '../transaction/link.ts';
import type { JstDate } from '../values/jst.ts';
import type { Command } from './command.ts';
import { decideNow, type PreviewSettings, previewCommand } from './preview-command.ts';

/** The basis of an offer: the order, its open or last failed operation, the shop, the day. */
export type RemedyScene = {
  readonly order: Order;
  /** The state of the open operation; null if none is open. */
  readonly open: OpenState | null;
  /** The goal of the last operation if it certainly failed; otherwise null. */
  readonly failed: Goal | null;
  readonly settings: PreviewSettings & { readonly inquiry: boolean };
  readonly today: JstDate;
};

/** The press of 入金済 with today's date. */
export function payment({ today: paidOn }: RemedyScene) {
  return {
    kind: 'mark_paid',
    paidOn,
    mail: 'auto',
    from: 'detail',
    withoutGateway: false,
  } as const;
}

/** True if the order can go to 処理中 now. */
export function mayProcess(scene: RemedyScene): boolean {
  return isPossible(scene, { kind: 'change_status', to: 'processing', cancelTransaction: false });
}

/** Returns the payment methods that the order can change to now. */
export function methodsIn({ order, open }: RemedyScene): readonly PaymentKind[] {
  return open === null ? methodsFor(order) : [];
}

/** True if the command would not be refused. */
export function isPossible(scene: RemedyScene, command: Command): boolean {
  return decisionIn(scene, command).kind !== 'refuse';
}

/** True if the command would ask F-REGI for something. */
export function isPursued(scene: RemedyScene, command: Command): boolean {
  return decisionIn(scene, command).kind === 'pursue';
}

function decisionIn({ order, open, settings, today }: RemedyScene, command: Command) {
  return decideNow(order, open !== null, command, settings, today);
}

/** Returns what the command would do to the order of the scene. */
export function previewIn({ order, open, settings, today }: RemedyScene, command: Command) {
  return previewCommand(order, open !== null, command, settings, today);
}
