import { PERMISSIONS, ROLES } from '@renkei/core/domain/commands/permissions.ts';
import { keysOf } from '@renkei/core/domain/order/states.ts';
import { REASON, REMEDY } from '@renkei/core/domain/reasons/index.ts';
import { YEN_MAX } from '@renkei/core/domain/values/yen.ts';
import { z } from 'zod';
import { instantSchema } from './dates.ts';
import { format, text, told } from './text.ts';

/** An amount in whole yen. */
export const yenSchema = z.int().min(0).max(YEN_MAX).meta({ description: 'Whole yen' });

/** The source of a request and its id, as the logs and every problem name them. */
export const originSchema = z.object({
  ip: told.nullable(),
  requestId: told.nullable(),
});

/** An error at one place of a file: where it is, what stands there, and what to do about it. */
export const fileErrorSchema = z.object({
  /** The line on which the row begins; the header is the first. */
  line: z.int(),
  /** Null if the error concerns the row or the file. */
  column: told.nullable(),
  /** The cell, shortened; null for a row, a file, and a card number. */
  value: told.nullable(),
  message: told,
});
export type FileError = z.infer<typeof fileErrorSchema>;

export const orderNumberSchema = format(/^\d{12}$/).meta({
  description: '受注コード, 12 digits',
  example: '100000394011',
});

export const seqnoSchema = format(/^\d{20}$/).meta({ description: '取引番号 (SEQNO), 20 digits' });
export const settlenoSchema = format(/^\d{20}$/).meta({
  description: '発行番号 (SETTLENO), 20 digits',
});

/** Every route of a shop names the shop. A caller with one shop only may leave it out. */
export const shopQuerySchema = z.object({
  shop: text({ min: 1, max: 40 }).optional().meta({ description: 'The shop’s id' }),
});
export type ShopQuery = z.infer<typeof shopQuerySchema>;

/**
 * The reason why the caller may not do something: the missing permission, the roles that have it,
 * and a sentence.
 */
export const denialSchema = z.object({
  permission: z.enum(PERMISSIONS),
  by: z.array(z.enum(ROLES)),
  /** In the language of the request. */
  reason: told,
});

/** Rows of a list that cannot be shown, each with its reason; `items` holds the other rows. */
export const unshownSchema = z.array(z.object({ id: told, reason: told }));
export type Unshown = z.infer<typeof unshownSchema>[number];

/** A request that carries a remedy out. Send it as it is, with If-Match and Idempotency-Key. */
export const remedyActionSchema = z.object({
  method: z.enum(['POST', 'PUT', 'DELETE']),
  path: told,
  /** Null if the request has no body. */
  body: z.record(told, z.unknown()).nullable(),
  /** Body fields that a person must choose, such as the other payment kind or the new amounts. */
  missing: z.array(told),
});
export type RemedyAction = z.infer<typeof remedyActionSchema>;

/** A reason with cause and remedy in the language of the request, and the remedies to offer. */
export const reasonSchema = z.object({
  code: z.enum(keysOf(REASON)),
  cause: told,
  remedy: told,
  remedies: z.array(
    z.object({
      id: z.enum(keysOf(REMEDY)),
      label: told,
      /** Absent if the remedy is not a request to this API. */
      action: remedyActionSchema.optional(),
    }),
  ),
});
export type ReasonView = z.infer<typeof reasonSchema>;

/** RFC 9457. For money, `outcome` tells what is known about it, and `fregi` quotes F-REGI. */
export const problemSchema = z.object({
  type: told,
  title: told,
  status: z.int(),
  detail: told,
  code: told,
  requestId: told,
  outcome: z.enum(['not_sent', 'rejected', 'unknown']).optional(),
  reason: reasonSchema.optional(),
  /** The reason behind the reason, if there is one (C5: the state at F-REGI). */
  because: reasonSchema.optional(),
  fregi: z.object({ code: told.nullable(), text: told }).optional(),
  /**
   * For `confirmation_required`: the header to send with the same request once a person has typed
   * it.
   */
  confirm: z.object({ header: z.literal('Renkei-Confirm'), value: told }).optional(),
  /** The URL of the new operation, or of the operation that blocks the request. */
  operation: told.optional(),
  /** For a stale version: the order's present state. */
  current: z.record(told, z.unknown()).optional(),
  /** For a stale version: the changes since, field by field, with their actors. */
  changes: z
    .array(
      z.object({
        field: told,
        before: z.union([told, z.number(), z.boolean(), z.null()]),
        after: z.union([told, z.number(), z.boolean(), z.null()]),
        by: told,
        at: instantSchema,
      }),
    )
    .optional(),
  errors: z.array(z.object({ pointer: told, message: told })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;

/** A box beside a change: offered, or the reason why not. */
export const boxSchema = z.discriminatedUnion('offered', [
  z.object({ offered: z.literal(true) }),
  z.object({ offered: z.literal(false), reason: reasonSchema }),
]);
