import { z } from 'zod';

const text = (max: number) => z.string().trim().max(max).default('');

/** ご依頼主: who sends the parcels, as it stands on labels, and the shop's codes at the carriers. */
export const shipperSchema = z.strictObject({
  name: text(32),
  phone: z
    .string()
    .regex(/^[\d-]{0,15}$/)
    .default(''),
  postalCode: z
    .string()
    .regex(/^(\d{3}-?\d{4})?$/)
    .default(''),
  address: text(64),
  /** ヤマト: 請求先顧客コード and 運賃管理番号. */
  yamatoCustomerCode: z
    .string()
    .regex(/^\d{0,12}$/)
    .default(''),
  yamatoFareNumber: z
    .string()
    .regex(/^\d{0,2}$/)
    .default(''),
  /** 佐川: お客様コード. */
  sagawaCustomerCode: z
    .string()
    .regex(/^\d{0,12}$/)
    .default(''),
});
export type Shipper = z.output<typeof shipperSchema>;
