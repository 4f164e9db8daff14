import { orderNumberSchema } from '@renkei/contract/common.ts';
import { z } from 'zod';

/** The parameters of a path that names one thing by its id, or one order. */
export const idParams = z.object({ id: z.uuid() });
export const orderParams = z.object({ orderNumber: orderNumberSchema });
