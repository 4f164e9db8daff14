import type { JstDate } from '../values/jst.ts';
import type { TaxRate } from './order.ts';

/**
 * The people and products of an order, as the cart handed it over; people read it, rules do not.
 */
export type OrderDetails = {
  readonly customer: Customer;
  readonly destinations: Destination[];
  readonly customerMessage: string;
  readonly memo: string;
};

/** A name and an address, as typed. */
export type Address = {
  readonly name: string;
  readonly kana: string;
  readonly phone: string;
  readonly postalCode: string;
  readonly prefecture: string;
  readonly address: string;
};

export type Customer = Address & {
  readonly email: string;
  /** 会員: a member of the shop; some mails say more to members. */
  readonly isMember?: boolean | undefined;
};

/** お届け先 */
export type Destination = Address & {
  readonly requestedDate: JstDate | null;
  readonly requestedTime: string;
  readonly carrier: string;
  readonly trackingNumber: string;
  readonly shippedOn: JstDate | null;
  readonly lines: ProductLine[];
};

/** A product for one destination. */
export type ProductLine = {
  readonly productCode: string;
  readonly name: string;
  readonly variation: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly taxRate: TaxRate;
};
