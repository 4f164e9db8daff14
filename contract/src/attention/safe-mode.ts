import { z } from 'zod';
import { instantSchema } from '../dates.ts';
import { text, told } from '../text.ts';

/** Why nothing is asked of F-REGI: the database is older than what stands outside of it. */
export const safeModeSchema = z.object({
  enteredAt: instantSchema,
  /** What the database lacks of the person's own shops: the marks that were written outside. */
  lacks: z.array(
    z.object({
      shopId: told,
      shopName: told,
      /** Of the seal; or which ask of its operation it was. */
      n: z.int(),
      markedAt: instantSchema,
      /**
       * `behind`: there is no such seal. `different`: there is another one of that number.
       * `forgotten`: something left for F-REGI or as a mail, and is not known of.
       */
      kind: z.enum(['behind', 'different', 'forgotten']),
    }),
  ),
  /** When everything had been compared with F-REGI; null: not yet. */
  comparedAt: instantSchema.nullable(),
  /** How many operations were parked as 要確認, in all shops; null until all was compared. */
  parked: z.int().nullable(),
  /** What of this shop only a person can still tell. */
  reviews: z.int(),
  release: z.discriminatedUnion('offered', [
    z.object({ offered: z.literal(true) }),
    z.object({ offered: z.literal(false), because: told }),
  ]),
});
export type SafeModeView = z.infer<typeof safeModeSchema>;

/** Null: safe mode does not hold. */
export const safeModeAnswerSchema = z.object({ safeMode: safeModeSchema.nullable() });

/** What was looked at before it ended: it stands in 操作履歴. */
export const releaseSafeModeSchema = z.strictObject({
  note: text({ min: 1, max: 500, trim: true }),
});
