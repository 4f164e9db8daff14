import { z } from 'zod';
import { instantSchema } from '../dates.ts';
import { text, told } from '../text.ts';

/**
 * The reason why Renkei asks F-REGI nothing: the database is older than the marks outside of it.
 */
export const safeModeSchema = z.object({
  enteredAt: instantSchema,
  /** The marks about the person's own shops that the database does not know. */
  lacks: z.array(
    z.object({
      shopId: told,
      shopName: told,
      /** The number of the seal, or of the operation's step. */
      n: z.int(),
      markedAt: instantSchema,
      /**
       * `behind`: the database has no such seal. `different`: it has another seal of that number.
       * `forgotten`: a call to F-REGI or a mail left, and the database does not know of it.
       */
      kind: z.enum(['behind', 'different', 'forgotten']),
    }),
  ),
  /** When the comparison with F-REGI was complete; null: not yet. */
  comparedAt: instantSchema.nullable(),
  /**
   * The number of operations parked as 要確認, in all shops; null until the comparison is complete.
   */
  parked: z.int().nullable(),
  /** The shop's operations that only a person can still answer. */
  reviews: z.int(),
  release: z.discriminatedUnion('offered', [
    z.object({ offered: z.literal(true) }),
    z.object({ offered: z.literal(false), because: told }),
  ]),
});
export type SafeModeView = z.infer<typeof safeModeSchema>;

/** Null if there is no safe mode. */
export const safeModeAnswerSchema = z.object({ safeMode: safeModeSchema.nullable() });

/** The person's checks before ending safe mode; 操作履歴 records them. */
export const releaseSafeModeSchema = z.strictObject({
  note: text({ min: 1, max: 500, trim: true }),
});
