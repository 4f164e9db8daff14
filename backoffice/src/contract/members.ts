import { z } from 'zod';
import { instantSchema } from './dates.ts';
import { ROLES } from './shop.ts';

/** Somebody who works in the shop. The address tells two people of one name apart. */
export const memberSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: z.string(),
  role: z.enum(ROLES),
});
export type Member = z.infer<typeof memberSchema>;

export const memberListSchema = z.object({ items: z.array(memberSchema) });
export type MemberList = z.infer<typeof memberListSchema>;

export const changeMemberSchema = z.strictObject({ role: z.enum(ROLES) });

/** Somebody is invited by a link that is good once, and for a week. */
export const inviteSchema = z.strictObject({
  email: z.email().max(254),
  name: z.string().trim().min(1).max(100),
  role: z.enum(ROLES),
});
export type Invite = z.input<typeof inviteSchema>;

const invitationSchema = z.object({
  id: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  /** The name of who invited them. */
  invitedBy: z.string(),
  expiresAt: instantSchema,
});
export type Invitation = z.infer<typeof invitationSchema>;
export const invitationListSchema = z.object({ items: z.array(invitationSchema) });
export type InvitationList = z.infer<typeof invitationListSchema>;

/** The link is told this once: only its hash is kept. */
export const invitedSchema = z.object({ invitation: invitationSchema, link: z.string() });
export type Invited = z.infer<typeof invitedSchema>;

const tokenSchema = z.string().regex(/^[\w-]{43}$/);
export const lookAtInvitationSchema = z.strictObject({ token: tokenSchema });

/** What somebody who holds the link is told. */
export const invitationViewSchema = z.object({
  shopName: z.string(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  /** True where that person has an account already: then they sign in, and accept. */
  hasAccount: z.boolean(),
  /** True where they are signed in with it. */
  isSignedIn: z.boolean(),
});
export type InvitationView = z.infer<typeof invitationViewSchema>;

export const acceptInvitationSchema = z.strictObject({
  token: tokenSchema,
  /** Chosen by somebody new, 12 to 128 characters; left out by who has an account. */
  password: z.string().min(12).max(128).optional(),
});
