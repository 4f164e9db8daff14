import { nameOf } from '../../core/src/domain/order/order.ts';
import type { Operation } from '../../core/src/turns/operation.ts';
import type { Scene } from './scene.ts';
import { MINUTE_MS } from './stage.ts';

/**
 * The people who pay by a card that F-REGI wants to see confirmed (Y2). The cart sends them to the
 * page; they confirm, give up, or do nothing; and their browsers come back, or somebody who says so.
 */
type Plan = {
  /** The time from reading the page to the confirmation; absent: never. */
  readonly confirmsAfterMs?: number;
  readonly givesUp?: true;
  /** What the browser says, at once after the page was read or confirmed; a forged one knows no number. */
  readonly says: readonly ('OK' | 'NG' | 'forged OK' | 'forged NG')[];
};

const PLANS = {
  confirms: { confirmsAfterMs: 0, says: ['OK'] },
  'confirms late': { confirmsAfterMs: 13 * MINUTE_MS, says: ['OK'] },
  'confirms, and is not heard of': { confirmsAfterMs: 0, says: [] },
  'confirms, and returns twice': { confirmsAfterMs: 0, says: ['OK', 'OK'] },
  'gives up': { givesUp: true, says: ['NG'] },
  'does nothing': { says: [] },
  'says OK, and does nothing': { says: ['forged OK'] },
  'says NG, and confirms': { confirmsAfterMs: 5 * MINUTE_MS, says: ['forged NG'] },
} as const satisfies Record<string, Plan>;
export type Deed = keyof typeof PLANS;
export const DEEDS = Object.keys(PLANS) as Deed[];

const LOOK_MS = 2_000;
const BACK_MS = 500;

/** Sends each cardholder to the page once; `deedOf` says what each does there. */
export function sendCardholders(scene: Scene, deedOf: () => Deed): void {
  const sent = new Set<string>();
  scene.gateway.challenges = true;
  const lookRound = () => {
    for (const operation of scene.store.operations.values()) {
      const { id, challengePage } = operation;
      if (challengePage === null || sent.has(id)) continue;
      sent.add(id);
      visit(scene, operation, challengePage, deedOf());
    }
    scene.kernel.after(LOOK_MS, lookRound);
  };
  scene.kernel.after(LOOK_MS, lookRound);
}

function visit(scene: Scene, operation: Operation, page: string, deed: Deed): void {
  const { kernel, ledger } = scene;
  const { confirmsAfterMs, givesUp, says }: Plan = PLANS[deed];
  const readMs = kernel.random.int(3_000, 60_000);
  kernel.note('cardholder', `${operation.orderNumber}: ${deed}`);
  if (givesUp) ledger.giveUp(page);
  const say = (words: readonly string[]) => {
    for (const [n, word] of words.entries()) {
      kernel.after((n + 1) * BACK_MS, () => comeBack(scene, operation, word));
    }
  };
  if (confirmsAfterMs === undefined || says[0]?.startsWith('forged')) {
    kernel.after(readMs, () => say(says));
  }
  if (confirmsAfterMs === undefined) return;
  kernel.after(readMs + confirmsAfterMs, () => {
    const made = ledger.confirm(page, kernel.now);
    if (made !== null && !says[0]?.startsWith('forged')) say(says);
  });
}

function comeBack(scene: Scene, operation: Operation, says: string): void {
  scene
    .someOffice()
    ?.returned(operation, { operationId: operation.id, words: { code: says.slice(-2) } })
    .catch(() => scene.kernel.note('cardholder', `${nameOf(operation)}: no answer`));
}
