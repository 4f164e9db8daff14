import { ROLES } from '@renkei/core/domain/permissions.ts';
import { z } from 'zod';
import { instantSchema } from '../dates.ts';
import { format, text, told } from '../text.ts';
import { MAIL_STATES } from './mails.ts';

/** Somebody who works in the shop. The address tells two people of one name apart. */
export const memberSchema = z.object({
  id: told,
  name: told,
  email: told,
  role: z.enum(ROLES),
});
export type Member = z.infer<typeof memberSchema>;

export const memberListSchema = z.object({ items: z.array(memberSchema) });
export type MemberList = z.infer<typeof memberListSchema>;

export const changeMemberSchema = z.strictObject({ role: z.enum(ROLES) });

/** Somebody is invited by a link that is good once, and for a week. */
export const inviteSchema = z.strictObject({
  email: z.email().max(254),
  name: text({ min: 1, max: 100, trim: true }),
  role: z.enum(ROLES),
});
export type Invite = z.input<typeof inviteSchema>;

const invitationSchema = z.object({
  id: told,
  email: told,
  name: told,
  role: z.enum(ROLES),
  /** The name of who invited them. */
  invitedBy: told,
  expiresAt: instantSchema,
  /** What became of the mail with its link; null where the link was shown instead. */
  mail: z.enum(MAIL_STATES).nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;
export const invitationListSchema = z.object({ items: z.array(invitationSchema) });
export type InvitationList = z.infer<typeof invitationListSchema>;

/**
 * The link goes to the invited person by mail, which proves the address. Only where the server has
 * no mail (SMTP_URL) it is told here instead, this once: only its hash is kept.
 */
export const invitedSchema = z.object({
  invitation: invitationSchema,
  link: told.nullable(),
});
export type Invited = z.infer<typeof invitedSchema>;

const tokenSchema = format(/^[\w-]{43}$/);
export const lookAtInvitationSchema = z.strictObject({ token: tokenSchema });

/** What somebody who holds the link is told. */
export const invitationViewSchema = z.object({
  shopName: told,
  email: told,
  name: told,
  role: z.enum(ROLES),
  /** True where that person has an account already: then they sign in, and accept. */
  hasAccount: z.boolean(),
  /**
   * True where there is an account whose address nobody has proved: this link proves it. Whoever
   * accepts chooses another password, and what was signed in or set up before ends.
   */
  handsOver: z.boolean(),
  /** True where they are signed in with it. */
  isSignedIn: z.boolean(),
});
export type InvitationView = z.infer<typeof invitationViewSchema>;

export const acceptInvitationSchema = z.strictObject({
  token: tokenSchema,
  /** Chosen by somebody new, 12 to 128 characters; left out by who has an account. */
  password: text({ min: 12, max: 128 }).optional(),
});
