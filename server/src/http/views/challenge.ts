import type { Operation } from '@renkei/core/turns/operation.ts';

/** All that cardholders come to lies below this path, and so does their cookie. */
export const CARDHOLDER = '/v1/cardholder';

/** The page that F-REGI wants the cardholder of an operation to see (Y2). */
export function challengePath({ shopId, id }: Pick<Operation, 'shopId' | 'id'>): string {
  return `${CARDHOLDER}/${encodeURIComponent(shopId)}/${id}`;
}
