import { ROLES } from '@renkei/core/domain/commands/permissions.ts';
import { z } from 'zod';
import { instantSchema } from '../dates.ts';
import { format, text, told } from '../text.ts';
import { passwordSchema } from './account.ts';
import { MAIL_STATES } from './mails.ts';

/** A person who works in the shop. The address tells two people of the same name apart. */
export const memberSchema = z.object({
  id: told,
  name: told,
  email: told,
  role: z.enum(ROLES),
  /** Whether the person has a second factor; null for those who may not manage members. */
  hasSecondFactor: z.boolean().nullable(),
});
export type Member = z.infer<typeof memberSchema>;

export const memberListSchema = z.object({ items: z.array(memberSchema) });
export type MemberList = z.infer<typeof memberListSchema>;

export const changeMemberSchema = z.strictObject({ role: z.enum(ROLES) });

/** Invites a person by a link that works once, within a week. */
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
  /** The name of the person who sent the invitation. */
  invitedBy: told,
  expiresAt: instantSchema,
  /** The state of the mail with its link; null if the link was shown instead. */
  mail: z.enum(MAIL_STATES).nullable(),
});
export type Invitation = z.infer<typeof invitationSchema>;
export const invitationListSchema = z.object({ items: z.array(invitationSchema) });
export type InvitationList = z.infer<typeof invitationListSchema>;

/**
 * The link goes to the invited person by mail, which proves the address. If the server has no mail
 * (SMTP_URL), the answer shows it instead, this once: Renkei keeps only its hash.
 */
export const invitedSchema = z.object({
  invitation: invitationSchema,
  link: told.nullable(),
});
export type Invited = z.infer<typeof invitedSchema>;

const tokenSchema = format(/^[\w-]{43}$/);
export const lookAtInvitationSchema = z.strictObject({ token: tokenSchema });

/** The invitation as shown to the holder of the link. */
export const invitationViewSchema = z.object({
  shopName: told,
  email: told,
  name: told,
  role: z.enum(ROLES),
  /** True if the person already has an account: then they sign in and accept. */
  hasAccount: z.boolean(),
  /**
   * True if there is an account whose address nobody has proved: this link proves it. The person
   * chooses another password, and former sign-ins and settings of that account end.
   */
  handsOver: z.boolean(),
  /** True if the person is signed in with it. */
  isSignedIn: z.boolean(),
});
export type InvitationView = z.infer<typeof invitationViewSchema>;

export const acceptInvitationSchema = z.strictObject({
  token: tokenSchema,
  /** A new person's password; absent for a person with an account. */
  password: passwordSchema.optional(),
});
