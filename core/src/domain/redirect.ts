import type { PaymentKind } from './states.ts';

/** F-REGI's states of a redirect payment, the seven of its inquiry in its order (1 to 7). */
export const REDIRECT_STATUS = {
  issued: { ja: '発行受付', en: 'Issued' },
  revoked: { ja: '発行取消', en: 'Revoked' },
  started: { ja: '決済開始', en: 'Started' },
  completed: { ja: '決済完了', en: 'Completed' },
  interrupted: { ja: '決済中断', en: 'Interrupted' },
  cancelled: { ja: '決済完了後取消', en: 'Cancelled after completion' },
  expired: { ja: '有効期限切れ', en: 'Expired' },
} as const;
export type RedirectStatus = keyof typeof REDIRECT_STATUS;

/** The kinds paid by a redirect payment (L2): every F-REGI kind except cards. */
export const REDIRECT_KINDS: readonly PaymentKind[] = [
  'convenience_fregi',
  'mobile_edy_fregi',
  'cyber_edy_fregi',
];

/** True while the customer can still pay. */
export function canBePaid(status: RedirectStatus): boolean {
  return status === 'issued' || status === 'started' || status === 'interrupted';
}
