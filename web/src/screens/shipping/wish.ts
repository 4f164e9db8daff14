/** What is done along with 発送済, as the query names it. */
export type ShippingWish = {
  readonly andPay: boolean;
  readonly shippingMail: boolean;
  readonly mail: boolean;
};
