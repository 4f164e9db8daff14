import { nameOf, type OrderRef } from '../../core/src/domain/order/order.ts';
import { yen } from '../../core/src/domain/values/yen.ts';
import { isOpen } from '../../core/src/turns/operation.ts';
import type { Stage } from './stage.ts';

/** S6: somebody who says by a file of the console what is not so, and nobody else says it. */
const FORGER = { id: 'forger', name: '偽' };
const FORGED = { by: FORGER, confirmedBy: null, fileHash: 'forged', isAlone: false } as const;
const EVERY_MS = 20_000;

/** Hands the file in again and again, whatever the order waits for. */
export function forgeFiles(scene: Stage, ref: OrderRef): void {
  const { kernel, store } = scene;
  kernel.after(EVERY_MS, () => {
    const transaction = store.orders.get(nameOf(ref))?.transaction;
    const { slipId = '', seqno = null, amount = yen(0) } = transaction ?? {};
    const how = { slipId, authCode: null, authorizedAt: null, seenAt: kernel.now } as const;
    const file = { ...how, source: 'console_csv', told: FORGED } as const;
    const asked = store.operationsOf(ref).at(-1)?.amount ?? amount;
    const sighted = [
      ...(seqno === null ? [] : [{ ...file, seqno, state: 'voided', amount } as const]),
      { ...file, seqno: '99999999999999999999', state: 'authorized', amount: asked } as const,
    ];
    scene
      .someOffice()
      ?.resolve(ref, { sighted, lookedAt: null })
      .catch(() => kernel.note('forger', 'no answer'));
    if (scene.faults.on || store.operationsOf(ref).some(isOpen)) forgeFiles(scene, ref);
  });
}
