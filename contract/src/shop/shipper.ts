import { z } from 'zod';
import { format, text } from '../text.ts';

const word = (max: number) => text({ max, trim: true }).default('');

/** ご依頼主: the sender of parcels as printed on labels, and the shop's codes at the carriers. */
export const shipperSchema = z.strictObject({
  name: word(32),
  phone: format(/^[\d-]{0,15}$/).default(''),
  postalCode: format(/^(\d{3}-?\d{4})?$/).default(''),
  address: word(64),
  /** ヤマト: 請求先顧客コード and 運賃管理番号. */
  yamatoCustomerCode: format(/^\d{0,12}$/).default(''),
  yamatoFareNumber: format(/^\d{0,2}$/).default(''),
  /** 佐川: お客様コード. */
  sagawaCustomerCode: format(/^\d{0,12}$/).default(''),
});
export type Shipper = z.output<typeof shipperSchema>;
