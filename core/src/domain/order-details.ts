import type { JstDate, TaxRate } from './order.ts';

/** Whom an order concerns and what is in it, as the cart handed it over: for people, not rules. */
export type OrderDetails = {
  readonly customer: Customer;
  readonly destinations: Destination[];
  readonly customerMessage: string;
  readonly memo: string;
};

/** A name and an address, each as it was typed. */
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
  /** 会員: a member of the shop; mails tell members more. */
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

/** A product of a destination. */
export type ProductLine = {
  readonly productCode: string;
  readonly name: string;
  readonly variation: string;
  readonly quantity: number;
  readonly unitPrice: number;
  readonly taxRate: TaxRate;
};
