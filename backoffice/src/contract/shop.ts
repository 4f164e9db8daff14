import { z } from 'zod';
import { instantSchema } from './common.ts';

export const ROLES = ['owner', 'clerk', 'accountant', 'viewer'] as const;
export type Role = (typeof ROLES)[number];

export const PERMISSIONS = [
  'orders:read',
  'orders:write',
  'payments:capture',
  'payments:cancel',
  'imports:write',
  'settings:read',
  'settings:write',
  'payments:adjust',
  /** 要対応: assign, put off, close by hand, look at F-REGI now. */
  'attention:write',
  /** 照合: read the console's files in, close days and months. */
  'reconciliation:write',
  /** 操作履歴 of everybody. */
  'activity:read',
] as const;
export type Permission = (typeof PERMISSIONS)[number];

/** Who is signed in, and what they may do where. */
export const meSchema = z.object({
  user: z.object({ id: z.string(), name: z.string(), email: z.string() }),
  shops: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      role: z.enum(ROLES),
      permissions: z.array(z.enum(PERMISSIONS)),
      linkEnabled: z.boolean(),
      environment: z.enum(['sandbox', 'test', 'production']),
    }),
  ),
  /** URLs of a test environment's own pages: the sandbox's console, the demo's mailbox. */
  links: z.object({ sandboxConsole: z.string().nullable(), mailbox: z.string().nullable() }),
});
export type Me = z.infer<typeof meSchema>;

export const settingsSchema = z.object({
  shopName: z.string(),
  /** S1: F-REGI自動連携 */
  linkEnabled: z.boolean(),
  /** Whether the shop's gateway answers inquiries (the sandbox can; F-REGI publishes none). */
  inquiry: z.boolean(),
  /** 売上処理期限 in days from the authorization. */
  captureDeadlineDays: z.int(),
  fregi: z.object({
    environment: z.enum(['sandbox', 'test', 'production']),
    shopId: z.string(),
    baseUrl: z.string(),
  }),
  updatedAt: instantSchema,
  version: z.int(),
});
export type Settings = z.infer<typeof settingsSchema>;

export const changeSettingsSchema = z.strictObject({
  linkEnabled: z.boolean().optional(),
  inquiry: z.boolean().optional(),
  captureDeadlineDays: z.int().min(1).max(365).optional(),
});
export type ChangeSettings = z.infer<typeof changeSettingsSchema>;
