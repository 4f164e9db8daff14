import { PERMISSIONS, ROLES } from '@renkei/core/domain/permissions.ts';
import { REASON, REMEDY } from '@renkei/core/domain/reasons/index.ts';
import { keysOf } from '@renkei/core/domain/states.ts';
import { YEN_MAX } from '@renkei/core/domain/yen.ts';
import { z } from 'zod';
import { instantSchema } from './dates.ts';
import { format, text, told } from './text.ts';

/** An amount in whole yen. */
export const yenSchema = z.int().min(0).max(YEN_MAX).meta({ description: 'Whole yen' });

/** From where a request came, and which one it was, as the logs and every problem name it. */
export const originSchema = z.object({
  ip: told.nullable(),
  requestId: told.nullable(),
});

export const orderNumberSchema = format(/^\d{12}$/).meta({
  description: '受注コード, 12 digits',
  example: '100000394011',
});

export const seqnoSchema = format(/^\d{20}$/).meta({ description: '取引番号 (SEQNO), 20 digits' });

/** Every route that touches a shop names it. May be left out by whoever has one shop only. */
export const shopQuerySchema = z.object({
  shop: text({ min: 1, max: 40 }).optional().meta({ description: 'The shop’s id' }),
});
export type ShopQuery = z.infer<typeof shopQuerySchema>;

/** Why the caller may not do something: the permission, the roles that have it, and a sentence. */
export const denialSchema = z.object({
  permission: z.enum(PERMISSIONS),
  by: z.array(z.enum(ROLES)),
  /** In the language of the request. */
  reason: told,
});

/** Rows of a list that cannot be shown: which ones, and why; the others stand in `items`. */
export const unshownSchema = z.array(z.object({ id: told, reason: told }));
export type Unshown = z.infer<typeof unshownSchema>[number];

/** A request that carries a remedy out: to be sent with If-Match and Idempotency-Key as it is. */
export const remedyActionSchema = z.object({
  method: z.enum(['POST', 'PUT', 'DELETE']),
  path: told,
  /** Null where the request has no body. */
  body: z.record(told, z.unknown()).nullable(),
  /** Fields of the body that a person has to choose: the other payment kind, the new amounts. */
  missing: z.array(told),
});
export type RemedyAction = z.infer<typeof remedyActionSchema>;

/** Why, with cause and remedy in the language of the request, and what can be done about it. */
export const reasonSchema = z.object({
  code: z.enum(keysOf(REASON)),
  cause: told,
  remedy: told,
  remedies: z.array(
    z.object({
      id: z.enum(keysOf(REMEDY)),
      label: told,
      /** Left out where the remedy is not a request to this API. */
      action: remedyActionSchema.optional(),
    }),
  ),
});
export type ReasonView = z.infer<typeof reasonSchema>;

/** RFC 9457. On money, `outcome` says what is known about it, and `fregi` quotes F-REGI. */
export const problemSchema = z.object({
  type: told,
  title: told,
  status: z.int(),
  detail: told,
  code: told,
  requestId: told,
  outcome: z.enum(['not_sent', 'rejected', 'unknown']).optional(),
  reason: reasonSchema.optional(),
  /** What stands behind the reason, where there is more to say (C5: the state at F-REGI). */
  because: reasonSchema.optional(),
  fregi: z.object({ code: told.nullable(), text: told }).optional(),
  /** For `confirmation_required`: what to send with the same request, once a person has typed it. */
  confirm: z.object({ header: z.literal('Renkei-Confirm'), value: told }).optional(),
  /** The URL of the operation that was made, or that stands in the way. */
  operation: told.optional(),
  /** For a stale version: the order as it is now. */
  current: z.record(told, z.unknown()).optional(),
  /** For a stale version: what changed since, field by field, and by whom. */
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
