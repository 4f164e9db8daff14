import type { OrderStatus } from '@renkei/contract';
import type { TFunction } from 'i18next';

/** A change of status in the words of the pull-down: 予約 goes on to 通常処理, other states go back. */
export function changeName(t: TFunction, from: OrderStatus, to: OrderStatus): string {
  const isFirst = from === 'preorder' && to === 'processing';
  return isFirst ? t('order.status.begin') : t(`words.statusChange.${to}`);
}
