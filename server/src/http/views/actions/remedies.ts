import type { RemedyAction } from '@renkei/contract/common.ts';
import type { OrderView } from '@renkei/contract/orders/orders.ts';
import type { Command } from '@renkei/core/domain/commands/command.ts';
import { denialOf, type Role } from '@renkei/core/domain/commands/permissions.ts';
import {
  offeredRemedies,
  permissionOfPress,
  REMEDIES,
} from '@renkei/core/domain/commands/remedies.ts';
import type { RemedyScene } from '@renkei/core/domain/commands/remedy-scene.ts';
import type { OrderRef } from '@renkei/core/domain/order/order.ts';
import type { Locale, Remedy } from '@renkei/core/domain/reasons/index.ts';

/** Returns the remedies for an order now, each with the reason why this role may not press it. */
export function presentRemedies(
  scene: RemedyScene,
  role: Role,
  locale: Locale,
): OrderView['actions']['remedies'] {
  return offeredRemedies(scene).map((id) => {
    const permission = permissionOfPress(id, scene);
    return { id, denied: permission && denialOf(role, [permission], locale) };
  });
}

/**
 * Returns the ready request that gives a remedy's command to an order (C4, A4), where the manual
 * only advises. Null if the press is no command: an operator looks, reads, or acts elsewhere.
 */
export function remedyAction(
  remedy: Remedy,
  { shopId, orderNumber }: OrderRef,
): RemedyAction | null {
  const { press } = REMEDIES[remedy];
  if (press.kind !== 'command' && press.kind !== 'form') return null;
  const { kind, ...boxes } = press.command;
  const request = REQUEST[kind];
  if (request === null) return null;
  const { method, resource } = request;
  const path = `/v1/orders/${orderNumber}/${resource}?shop=${encodeURIComponent(shopId)}`;
  const ticked = Object.entries(boxes).filter(([, value]) => value !== false);
  const body = method === 'DELETE' ? null : Object.fromEntries(ticked);
  return { method, path, body, missing: press.kind === 'form' ? [...press.asks] : [] };
}

/** The route of each kind of command; null if only an item of 要対応 gives it. */
const REQUEST: Readonly<
  Record<
    Command['kind'],
    { readonly method: RemedyAction['method']; readonly resource: string } | null
  >
> = {
  mark_paid: { method: 'POST', resource: 'payment' },
  unmark_paid: { method: 'DELETE', resource: 'payment' },
  correct_paid_on: { method: 'PUT', resource: 'payment-date' },
  change_status: { method: 'POST', resource: 'status' },
  change_method: { method: 'PUT', resource: 'method' },
  edit_amounts: { method: 'PUT', resource: 'amounts' },
  cancel_transaction: { method: 'DELETE', resource: 'transaction' },
  authorize: { method: 'POST', resource: 'authorization' },
  settle: { method: 'POST', resource: 'settlements' },
  revoke_payments: { method: 'POST', resource: 'revocations' },
  correct_settlement: null,
  ship: { method: 'POST', resource: 'shipments' },
  request_cancel: { method: 'POST', resource: 'cancel-request' },
  erase_customer: null,
  dismiss_cancel_request: { method: 'DELETE', resource: 'cancel-request' },
  capture: null,
  relink: null,
  cancel_stray: null,
  agree_to_proposal: null,
  end_proposal: null,
};
