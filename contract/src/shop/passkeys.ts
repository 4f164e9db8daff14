import { z } from 'zod';
import { instantSchema } from '../dates.ts';
import { format, text, told } from '../text.ts';

/** Bytes in base64url, as browsers write them in WebAuthn's JSON. */
export const passkeyBytesSchema = format(/^[\w-]{1,4096}$/);

/** A passkey of the person: a key of their device, which asks for its PIN or finger. */
export const passkeySchema = z.object({
  id: told,
  name: told,
  createdAt: instantSchema,
  /** Null if nobody has signed in by it yet. */
  usedAt: instantSchema.nullable(),
});
export type Passkey = z.infer<typeof passkeySchema>;

/** What the browser needs to make a passkey or to prove one: WebAuthn's options as JSON. */
export const passkeyOptionsSchema = z.record(told, z.unknown());
export type PasskeyOptions = z.infer<typeof passkeyOptionsSchema>;

/** The browser's answer, of which only these members are read (WebAuthn 3, 5.1). */
const credential = {
  id: passkeyBytesSchema,
  rawId: passkeyBytesSchema,
  type: z.literal('public-key'),
} as const;

export const addPasskeySchema = z.strictObject({
  name: text({ min: 1, max: 100, trim: true, line: true }),
  passkey: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: passkeyBytesSchema,
      attestationObject: passkeyBytesSchema,
    }),
    /** The ways in which the device can be reached. */
    transports: z
      .array(format(/^[a-z-]{1,20}$/))
      .max(10)
      .optional(),
  }),
});
export type PasskeyRegistration = z.output<typeof addPasskeySchema>['passkey'];

export const passkeyProofSchema = z.strictObject({
  passkey: z.object({
    ...credential,
    response: z.object({
      clientDataJSON: passkeyBytesSchema,
      authenticatorData: passkeyBytesSchema,
      signature: passkeyBytesSchema,
      userHandle: passkeyBytesSchema.optional(),
    }),
  }),
});
export type PasskeyProof = z.output<typeof passkeyProofSchema>['passkey'];
