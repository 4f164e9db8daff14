import type { Command } from '../../core/src/domain/commands/decide.ts';
import { nameOf, type Order } from '../../core/src/domain/order/order.ts';
import { placeRedirect, REDIRECT_ORDER } from './payments.ts';
import { press } from './people.ts';
import type { Random } from './random.ts';
import { MINUTE_MS, type Stage } from './stage.ts';

/** People who have the payment of an order revoked, alone or with 取消, at any time. */
export function revokeSomePayments(scene: Stage): void {
  const { kernel, store, payments } = scene;
  const { random } = kernel;
  if (payments.kept.size === 0) placeRedirect(scene);
  for (let times = random.int(1, 3); times > 0; times -= 1) {
    kernel.after(random.int(0, 5 * MINUTE_MS), () => {
      const order = store.orders.get(nameOf(REDIRECT_ORDER));
      if (order) press(scene, order, someRevocation(random, order));
    });
  }
}

function someRevocation(random: Random, { redirects }: Order): Command {
  const leave = { kind: 'change_status', cancelTransaction: false } as const;
  switch (random.weighted({ alone: 3, leave: 3, reopen: 1 })) {
    case 'alone':
      return { kind: 'revoke_payments', settlenos: redirects.map(({ settleno }) => settleno) };
    case 'leave':
      return { ...leave, to: 'cancelled', revokePayments: true };
    default:
      return { ...leave, to: 'processing' };
  }
}
