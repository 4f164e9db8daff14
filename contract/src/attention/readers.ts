import { z } from 'zod';
import { shopQuerySchema } from '../common.ts';
import { instantSchema } from '../dates.ts';
import { pageOf, whole } from '../query.ts';
import { text, told } from '../text.ts';

/** Who has seen whose records between two instants; of one person, or of one record. */
export const readersQuerySchema = shopQuerySchema.extend({
  /** A member's id. */
  person: text({ max: 64 }).optional(),
  /** The number of an order, or the code of an application. */
  record: text({ max: 20 }).optional(),
  from: instantSchema,
  to: instantSchema,
  limit: pageOf({ max: 500, usual: 100 }),
  offset: whole({ max: 1_000_000 }).prefault(0),
});
export type ReadersQuery = z.infer<typeof readersQuerySchema>;

/** A record that a person has seen in an hour. */
export const readRecordSchema = z.object({
  /** The first and the last time in the hour, to some minutes. */
  from: instantSchema,
  to: instantSchema,
  person: z.object({ id: told, name: told }),
  record: told,
  /** The customer's present name; null if the record is gone. */
  customerName: told.nullable(),
});
export type ReadRecord = z.infer<typeof readRecordSchema>;

export const readersSchema = z.object({ items: z.array(readRecordSchema), count: z.int() });
export type Readers = z.infer<typeof readersSchema>;
