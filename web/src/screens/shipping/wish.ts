/** The further effects of 発送済, in the names of the query. */
export type ShippingWish = {
  readonly andPay: boolean;
  readonly shippingMail: boolean;
  readonly mail: boolean;
};
