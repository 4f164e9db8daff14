import { z } from 'zod';
import { REASON, REMEDY } from '../domain/reasons.ts';
import { keysOf } from '../domain/states.ts';
import { YEN_MAX } from '../domain/yen.ts';
import { instantSchema } from './dates.ts';

/** An amount in whole yen. */
export const yenSchema = z.int().min(0).max(YEN_MAX).meta({ description: 'Whole yen' });

/** From where a request came, and which one it was, as the logs and every problem name it. */
export const originSchema = z.object({
  ip: z.string().nullable(),
  requestId: z.string().nullable(),
});

export const orderNumberSchema = z
  .string()
  .regex(/^\d{12}$/)
  .meta({ description: '受注コード, 12 digits', example: '100000394011' });

export const seqnoSchema = z
  .string()
  .regex(/^\d{20}$/)
  .meta({ description: '取引番号 (SEQNO), 20 digits' });

/** Every route that touches a shop names it. May be left out by whoever has one shop only. */
export const shopQuerySchema = z.object({
  shop: z.string().min(1).max(40).optional().meta({ description: 'The shop’s id' }),
});
export type ShopQuery = z.infer<typeof shopQuerySchema>;

/** Rows of a list that cannot be shown: which ones, and why; the others stand in `items`. */
export const unshownSchema = z.array(z.object({ id: z.string(), reason: z.string() }));
export type Unshown = z.infer<typeof unshownSchema>[number];

/** A request that carries a remedy out: to be sent with If-Match and Idempotency-Key as it is. */
export const remedyActionSchema = z.object({
  method: z.enum(['POST', 'PUT', 'DELETE']),
  path: z.string(),
  /** Null where the request has no body. */
  body: z.record(z.string(), z.unknown()).nullable(),
  /** Fields of the body that a person has to choose: the other payment kind, the new amounts. */
  missing: z.array(z.string()),
});
export type RemedyAction = z.infer<typeof remedyActionSchema>;

/** Why, with cause and remedy in the language of the request, and what can be done about it. */
export const reasonSchema = z.object({
  code: z.enum(keysOf(REASON)),
  cause: z.string(),
  remedy: z.string(),
  remedies: z.array(
    z.object({
      id: z.enum(keysOf(REMEDY)),
      label: z.string(),
      /** Left out where the remedy is not a request to this API. */
      action: remedyActionSchema.optional(),
    }),
  ),
});
export type ReasonView = z.infer<typeof reasonSchema>;

/** RFC 9457. On money, `outcome` says what is known about it, and `fregi` quotes F-REGI. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.string(),
  requestId: z.string(),
  outcome: z.enum(['not_sent', 'rejected', 'unknown']).optional(),
  reason: reasonSchema.optional(),
  /** What stands behind the reason, where there is more to say (C5: the state at F-REGI). */
  because: reasonSchema.optional(),
  fregi: z.object({ code: z.string().nullable(), text: z.string() }).optional(),
  /** For `confirmation_required`: what to send with the same request, once a person has typed it. */
  confirm: z.object({ header: z.literal('Renkei-Confirm'), value: z.string() }).optional(),
  /** The URL of the operation that was made, or that stands in the way. */
  operation: z.string().optional(),
  /** For a stale version: the order as it is now. */
  current: z.record(z.string(), z.unknown()).optional(),
  /** For a stale version: what changed since, field by field, and by whom. */
  changes: z
    .array(
      z.object({
        field: z.string(),
        before: z.union([z.string(), z.number(), z.boolean(), z.null()]),
        after: z.union([z.string(), z.number(), z.boolean(), z.null()]),
        by: z.string(),
        at: instantSchema,
      }),
    )
    .optional(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
});
export type Problem = z.infer<typeof problemSchema>;
