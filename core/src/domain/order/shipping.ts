import type { JstDate } from '../values/jst.ts';

/** A shipment to one destination. Absent fields stay as they are. */
export type Shipment = {
  /** The destination's index in the order, from 0. */
  readonly destination: number;
  readonly shippedOn: JstDate;
  readonly carrier?: string;
  /** 送り状番号 */
  readonly trackingNumber?: string;
};
