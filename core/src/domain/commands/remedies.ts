import { keysOf, PAYMENT_KIND } from '../order/states.ts';
import type { Remedy } from '../reasons/index.ts';
import { wholeSettlement } from '../rules/settle.ts';
import { cancelling } from '../transaction/effects.ts';
import type { Goal, Verb } from '../transaction/link.ts';
import {
  type CommandBoxes,
  type Deed,
  PERMISSION_TO,
  type Permission,
  permissionOf,
} from './permissions.ts';
import type { OrderPart, Press } from './press.ts';
import {
  isPossible,
  isPursued,
  mayProcess,
  methodsIn,
  payment,
  previewIn,
  type RemedyScene,
} from './remedy-scene.ts';

/**
 * The one table of what each remedy does; `reasons/remedies.ts` holds its words. The order's view,
 * the API's requests and the screens derive from it, so every remedy has a press.
 */
export type RemedyFacts = {
  readonly press: Press;
  /** True if F-REGI may be asked to reserve, capture or give back money. */
  readonly movesMoney: boolean;
  /** True if the screens may offer the remedy on the order in its present state. */
  readonly isOffered: (scene: RemedyScene) => boolean;
};

export const REMEDIES: Readonly<Record<Remedy, RemedyFacts>> = {
  change_method_to_none: {
    press: {
      kind: 'command',
      command: {
        kind: 'change_method',
        paymentKind: 'none',
        paymentMethod: PAYMENT_KIND.none.ja,
        cancelTransaction: true,
      },
    },
    movesMoney: true,
    isOffered: (scene) => methodsIn(scene).includes('none'),
  },
  change_method: {
    press: {
      kind: 'form',
      command: { kind: 'change_method', cancelTransaction: false },
      asks: ['paymentKind'],
    },
    movesMoney: false,
    isOffered: (scene) => methodsIn(scene).length > 0,
  },
  void_and_bill_otherwise: billOtherwise('void'),
  refund_and_bill_otherwise: billOtherwise('refund'),
  edit_amounts: {
    press: { kind: 'form', command: { kind: 'edit_amounts' }, asks: ['amounts'] },
    movesMoney: false,
    isOffered: (scene) => isPossible(scene, { kind: 'edit_amounts', amounts: {} }),
  },
  change_captured_amount: {
    press: {
      kind: 'form',
      command: { kind: 'edit_amounts', changeCaptured: true },
      asks: ['amounts'],
    },
    movesMoney: true,
    isOffered: mayChangeCaptured,
  },
  adopt_amount: {
    press: { kind: 'form', command: { kind: 'edit_amounts' }, asks: ['amounts'] },
    movesMoney: false,
    isOffered: (scene) => isPossible(scene, { kind: 'edit_amounts', amounts: {} }),
  },
  mark_paid: {
    press: { kind: 'command', command: { kind: 'mark_paid' } },
    movesMoney: true,
    isOffered(scene) {
      const previewed = previewIn(scene, payment(scene));
      return previewed.kind === 'pursue' && previewed.doubt === null;
    },
  },
  mark_paid_without_gateway: recordAsPaid(),
  record_as_paid: recordAsPaid(),
  capture_former_amount: {
    press: { kind: 'command', command: { kind: 'mark_paid', amount: 'authorized' } },
    movesMoney: true,
    isOffered: (scene) => isPursued(scene, { ...payment(scene), amount: 'authorized' }),
  },
  capture: {
    press: { kind: 'command', command: { kind: 'capture' } },
    movesMoney: true,
    isOffered: (scene) => isPossible(scene, { kind: 'capture' }),
  },
  authorize: {
    press: { kind: 'command', command: { kind: 'authorize' } },
    movesMoney: true,
    isOffered: (scene) => isPossible(scene, { kind: 'authorize', cardToken: null }),
  },
  unmark_paid: {
    press: { kind: 'command', command: { kind: 'unmark_paid' } },
    movesMoney: false,
    isOffered: (scene) => isPossible(scene, { kind: 'unmark_paid' }),
  },
  cancel_transaction: {
    press: { kind: 'command', command: { kind: 'cancel_transaction' } },
    movesMoney: true,
    isOffered: (scene) => isPursued(scene, { kind: 'cancel_transaction' }),
  },
  refund_and_buy_again: {
    press: {
      kind: 'command',
      command: { kind: 'change_status', to: 'cancelled', cancelTransaction: true },
    },
    movesMoney: true,
    isOffered: (scene) =>
      isPursued(scene, { kind: 'change_status', to: 'cancelled', cancelTransaction: true }),
  },
  process_order: {
    press: {
      kind: 'command',
      command: { kind: 'change_status', to: 'processing', cancelTransaction: false },
    },
    movesMoney: true, // B2: also authorizes a pre-order's card.
    isOffered: (scene) => scene.order.status === 'preorder' && mayProcess(scene),
  },
  reopen_order: {
    press: {
      kind: 'command',
      command: { kind: 'change_status', to: 'processing', cancelTransaction: false },
    },
    movesMoney: true, // A pre-order in 保留 may still wait for its card.
    isOffered: (scene) => scene.order.status !== 'preorder' && mayProcess(scene),
  },
  settle_otherwise: {
    press: {
      kind: 'form',
      command: { kind: 'settle' },
      asks: ['direction', 'amount', 'by', 'on'],
    },
    movesMoney: false,
    isOffered: (scene) => isPossible(scene, wholeSettlement(scene.order, scene.today)),
  },
  // K3: the order's page has a press at each payment; the difference names those it concerns.
  revoke_payments: {
    press: { kind: 'form', command: { kind: 'revoke_payments' }, asks: ['settlenos'] },
    movesMoney: false,
    isOffered: () => false,
  },
  // A2, D12: these concern a transaction seen under the slip, so the difference itself offers them.
  relink: {
    press: { kind: 'form', command: { kind: 'relink' }, asks: ['seqno'] },
    movesMoney: false,
    isOffered: () => false,
  },
  cancel_stray: {
    press: { kind: 'form', command: { kind: 'cancel_stray' }, asks: ['seqno'] },
    movesMoney: true,
    isOffered: () => false,
  },
  try_again: { press: { kind: 'again' }, movesMoney: true, isOffered: maySucceedNow },
  answer_review: at('review', 'answer_review', ({ open }) => open === 'review'),
  see_operation: at('operation', 'read_orders', ({ open }) => open !== null),
  confirm_file: at('health', 'import_console_file', () => false),
  see_proposal: at('proposal', 'read_orders', ({ order }) => order.proposal !== null),
  ask_customer: at('mails', 'write_mail', () => true),
  refund_otherwise: at('mails', 'write_mail', ({ order }) => order.redirects.length > 0),
  look_again: {
    press: { kind: 'look', deed: 'read_orders' },
    movesMoney: false,
    isOffered: ({ order, settings }) => settings.inquiry && order.transaction !== null,
  },
  reload: { press: { kind: 'reload' }, movesMoney: false, isOffered: () => true },
  turn_link_on: {
    press: { kind: 'settings', deed: 'change_settings' },
    movesMoney: false,
    isOffered: ({ settings }) => !settings.linkEnabled,
  },
  check_settings: {
    press: { kind: 'settings', deed: 'read_settings' },
    movesMoney: false,
    isOffered: () => true,
  },
  check_at_gateway: { press: { kind: 'console' }, movesMoney: false, isOffered: () => true },
};

function at(place: OrderPart, deed: Deed, isOffered: RemedyFacts['isOffered']): RemedyFacts {
  return { press: { kind: 'place', place, deed }, movesMoney: false, isOffered };
}

/** Returns the remedies to offer on an order now, before any check of the role. */
export function offeredRemedies(scene: RemedyScene): Remedy[] {
  return keysOf(REMEDIES).filter((remedy) => REMEDIES[remedy].isOffered(scene));
}

/** Returns the permission of a press on an order; null if the press changes nothing of ours. */
export function permissionOfPress(remedy: Remedy, scene: RemedyScene): Permission | null {
  const { press } = REMEDIES[remedy];
  const { transaction } = scene.order;
  switch (press.kind) {
    case 'command':
    case 'form':
      return permissionOf(press.command, transaction);
    case 'again':
      return scene.failed && permissionOf(COMMAND_TO[scene.failed], transaction);
    case 'place':
    case 'look':
    case 'settings':
      return PERMISSION_TO[press.deed];
    case 'reload':
    case 'console':
      return null;
    default:
      return press satisfies never;
  }
}

function recordAsPaid(): RemedyFacts {
  return {
    press: { kind: 'command', command: { kind: 'mark_paid', withoutGateway: true } },
    movesMoney: false,
    // Only of a card order is F-REGI told anything that can be left out.
    isOffered: (scene) =>
      PAYMENT_KIND[scene.order.paymentKind].linked &&
      isPossible(scene, { ...payment(scene), withoutGateway: true }),
  };
}

/** C4, A4: offered while there is something to cancel by this verb: a void is no refund. */
function billOtherwise(verb: Verb): RemedyFacts {
  return {
    press: {
      kind: 'form',
      command: { kind: 'change_method', cancelTransaction: true },
      asks: ['paymentKind'],
    },
    movesMoney: true,
    isOffered(scene) {
      const found = cancelling(scene.order, scene.settings);
      return found.kind === 'ask' && found.verb === verb && methodsIn(scene).length > 0;
    },
  };
}

/** A3: offered if nothing but a missing change of amount stands in its way. */
function mayChangeCaptured(scene: RemedyScene): boolean {
  const edit = { kind: 'edit_amounts', amounts: {}, changeCaptured: true } as const;
  const previewed = previewIn(scene, edit);
  return previewed.kind !== 'refuse' || previewed.reason === 'captured_amount_same';
}

/** True if the failed goal can be reached now: a permanent failure is not offered again. */
function maySucceedNow(scene: RemedyScene): boolean {
  const { order, open, failed, settings } = scene;
  switch (failed) {
    case 'captured': {
      const again = order.paidOn === null ? payment(scene) : ({ kind: 'capture' } as const);
      const previewed = previewIn(scene, again);
      return previewed.kind === 'pursue' && previewed.doubt === null;
    }
    case 'authorized':
      return mayProcess(scene) || isPossible(scene, { kind: 'authorize', cardToken: null });
    case 'cancelled':
      return open === null && cancelling(order, settings).kind === 'ask';
    case 'adjusted':
      return mayChangeCaptured(scene);
    case null:
      return false;
    default:
      return failed satisfies never;
  }
}

/** The command for each goal; its permission decides who may press. */
const COMMAND_TO: Readonly<Record<Goal, CommandBoxes>> = {
  captured: { kind: 'mark_paid' },
  cancelled: { kind: 'cancel_transaction' },
  authorized: { kind: 'authorize' },
  adjusted: { kind: 'edit_amounts', changeCaptured: true },
};
