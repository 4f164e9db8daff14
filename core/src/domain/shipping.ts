import type { JstDate } from './order.ts';

/** What was sent to one destination. What is left out of it stays as it is. */
export type Shipment = {
  /** Which destination of the order, from 0. */
  readonly destination: number;
  readonly shippedOn: JstDate;
  readonly carrier?: string;
  /** 送り状番号 */
  readonly trackingNumber?: string;
};
