import { keysOf } from '@renkei/core/domain/order/states.ts';
import { REDIRECT_STATUS, REVOCATION_OUTCOME } from '@renkei/core/domain/transaction/redirect.ts';
import { z } from 'zod';
import { boxSchema, reasonSchema, yenSchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { told } from '../text.ts';

/** L2: a payment that was issued at F-REGI for an order. */
export const redirectPaymentSchema = z.object({
  settleno: told,
  amount: yenSchema,
  status: z.enum(keysOf(REDIRECT_STATUS)),
  checkedAt: instantSchema.nullable(),
  noticedAt: instantSchema.nullable(),
  /** The reason why the confirmed payment did not make the order paid by itself. */
  obstacle: reasonSchema.nullable(),
  /** K3: 発行取消, once a person has ordered it; `outcome` is null while Renkei is at it. */
  revocation: z.object({ outcome: z.enum(keysOf(REVOCATION_OUTCOME)).nullable() }).nullable(),
  /** K3: whether 発行取消 can be ordered now. */
  revoke: boxSchema,
});
