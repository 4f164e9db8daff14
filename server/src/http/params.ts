import { orderNumberSchema } from '@renkei/contract/common.ts';
import { z } from 'zod';

/** The parameters of a path with one id, or with one order. */
export const idParams = z.object({ id: z.uuid() });
export const orderParams = z.object({ orderNumber: orderNumberSchema });
