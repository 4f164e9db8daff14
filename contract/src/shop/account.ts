import { z } from 'zod';
import { instantSchema } from '../dates.ts';
import { PASSWORD_MAX, PASSWORD_MIN } from '../limits.ts';
import { format, text, told } from '../text.ts';
import { passkeyBytesSchema, passkeySchema } from './passkeys.ts';

/** A password as it is typed: every character counts, and none is demanded (ASVS 6.2.5, 6.2.8). */
export const passwordSchema = text({ min: PASSWORD_MIN, max: PASSWORD_MAX });

/** A password that somebody claims to be right; a wrong one may be shorter. */
const claimedSchema = text({ max: PASSWORD_MAX });

export const signInSchema = z.strictObject({ email: text({ max: 254 }), password: claimedSchema });

export const changePasswordSchema = z.strictObject({
  currentPassword: claimedSchema,
  newPassword: passwordSchema,
});

/** Before a change of the second factor the person types the password again. */
export const withPasswordSchema = z.strictObject({ password: claimedSchema });

/** The password again, and the passkey's id: longer than a path may hold. */
export const removePasskeySchema = withPasswordSchema.extend({ id: passkeyBytesSchema });

/** Six digits of an authenticator app (RFC 6238). */
export const totpSchema = z.strictObject({ code: format(/^\d{6}$/) });

/** A recovery code, good once. */
export const recoveryCodeSchema = z.strictObject({
  code: format(/^[A-Za-z0-9]{5}-[A-Za-z0-9]{5}$/),
});

/** The ways of signing in besides the password and a passkey. */
export const signInWaysSchema = z.object({
  /** The company directory, under the name that people know; null: there is none. */
  directory: z.object({ name: told }).nullable(),
});
export type SignInWays = z.infer<typeof signInWaysSchema>;

/** What a company directory sends back (RFC 6749, 4.1.2; RFC 9207). */
export const directoryAnswerSchema = z.looseObject({
  code: text({ max: 4_096 }).optional(),
  state: text({ max: 4_096 }).optional(),
  iss: text({ max: 2_048 }).optional(),
  error: text({ max: 256 }).optional(),
});

/** A body without any member, or none at all. */
export const nothingSchema = z.strictObject({}).nullish();

/** How a session began, with the last factor that was right; null if it was not recorded. */
export const SESSION_BEGINNINGS = [
  'password',
  'totp',
  'recovery_code',
  'passkey',
  'directory',
  'renewal',
] as const;

const sessionSchema = z.object({
  id: told,
  /** True for the session of this request. */
  isThis: z.boolean(),
  begunAt: instantSchema,
  usedAt: instantSchema,
  endsAt: instantSchema,
  begunBy: z.enum(SESSION_BEGINNINGS).nullable(),
  /** The client's address at the sign-in. */
  ip: told.nullable(),
  userAgent: told.nullable(),
});
export type AccountSession = z.infer<typeof sessionSchema>;

/** The signed-in person's own account. */
export const accountSchema = z.object({
  name: told,
  email: told,
  /** True if this sign-in is good where a shop demands a second factor. */
  hasSecondFactor: z.boolean(),
  /** True if a sign-in by password also asks for a code of the authenticator app. */
  hasApp: z.boolean(),
  /** The number of recovery codes that are still good; null without the app. */
  recoveryCodes: z.int().nullable(),
  /** The oldest first. */
  passkeys: z.array(passkeySchema),
  /** The names of the shops that demand a second factor of everybody. */
  demandedBy: z.array(told),
  /** When a session ends: minutes without a request of the person, and hours after the sign-in. */
  sessionEnds: z.object({ idleMinutes: z.int(), hours: z.int() }),
  /** The newest first. */
  sessions: z.array(sessionSchema),
});
export type Account = z.infer<typeof accountSchema>;

export const changeAccountSchema = z.strictObject({
  name: text({ min: 1, max: 100, trim: true, line: true }),
});

/** Asks for a mail with a link to set another password. */
export const askResetSchema = z.strictObject({ email: z.email().max(254) });

/** Sets another password by the link of that mail. */
export const redeemResetSchema = z.strictObject({
  token: format(/^[\w-]{43}$/),
  password: passwordSchema,
});

/** The answer of `/api/auth/two-factor/enable`. */
export type SecondFactorOffer = { readonly totpURI: string; readonly backupCodes: string[] };
