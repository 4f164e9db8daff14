import { randomUUID } from 'node:crypto';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { User } from '../../access/auth.ts';
import { hashToken, newToken } from '../../access/tokens.ts';
import {
  acceptInvitationSchema,
  type Invitation as InvitationEntry,
  invitationListSchema,
  invitationViewSchema,
  invitedSchema,
  inviteSchema,
  lookAtInvitationSchema,
} from '../../contract/members.ts';
import {
  acceptInvitation,
  findInvitation,
  type Invitation,
  type InvitationFound,
  listInvitations,
  saveInvitation,
  withdrawInvitation,
} from '../../store/invitations.ts';
import type { Backoffice } from '../backoffice.ts';
import { instant } from '../present/instant.ts';
import { edgeProblem } from '../problems.ts';
import { type Call, headersOf, route } from '../route.ts';

const params = z.object({ id: z.string().max(64) });
/** How long a link is good. */
const DAYS = 7;

/** An owner invites colleagues by a link that is good once; whoever holds it comes in with it. */
export function invitationRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/invitations',
    permission: 'settings:write',
    summary: 'Who was invited, and has not come yet',
    answers: { 200: invitationListSchema },
    handle: list,
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/invitations',
    permission: 'settings:write',
    summary: 'Invites somebody by a link, told this once and good once; another takes its place',
    body: inviteSchema,
    answers: { 201: invitedSchema },
    async handle({ shopId, actor, body, locale }) {
      const { token, hash: tokenHash } = newToken();
      const made = await saveInvitation(
        db,
        { shopId, id: randomUUID(), ...body },
        { tokenHash, days: DAYS, actor },
      );
      if (made === 'member') throw edgeProblem('already_member', locale);
      if (made === 'too_many') throw edgeProblem('too_many_invitations', locale);
      // After a #, so that the secret reaches no log of a server or a proxy.
      const link = `${backoffice.publicUrl}/invitation#${token}`;
      return { status: 201, body: { invitation: present(made), link } };
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/invitations/:id',
    permission: 'settings:write',
    summary: 'Withdraws an invitation: its link is good no more',
    params,
    answers: { 200: invitationListSchema },
    async handle(call) {
      const { shopId, actor, locale } = call;
      const done = await withdrawInvitation(db, { shopId, id: call.params.id }, actor);
      if (!done) throw edgeProblem('not_found', locale);
      return list(call);
    },
  });
  acceptRoutes(app, backoffice);
}

function acceptRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/invitations/look',
    permission: 'public',
    summary: 'What an invitation is for, to whoever holds its link',
    body: lookAtInvitationSchema,
    answers: { 200: invitationViewSchema },
    async handle(call) {
      const { found, user } = await invitationOf(call);
      const { shopName, email, name, role, hasAccount } = found;
      const isSignedIn = user !== null;
      return { status: 200, body: { shopName, email, name, role, hasAccount, isSignedIn } };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/invitations/accept',
    permission: 'public',
    summary: 'Comes in: somebody new with a password, somebody known when signed in',
    body: acceptInvitationSchema,
    answers: { 200: z.object({ email: z.string() }) },
    async handle(call) {
      const { body, locale } = call;
      const { found, user } = await invitationOf(call);
      const person = user ?? (await newUser(call, found));
      const accepted = await acceptInvitation(db, hashToken(body.token), person);
      if (!accepted) throw edgeProblem('invitation_gone', locale);
      return { status: 200, body: { email: found.email } };
    },
  });
}

/** Who is invited and has no account yet, with the password that they have chosen. */
async function newUser(
  { backoffice, body, locale }: Call<unknown, unknown, z.output<typeof acceptInvitationSchema>>,
  { email, name, hasAccount }: InvitationFound,
): Promise<User> {
  if (hasAccount) throw edgeProblem('sign_in_to_accept', locale);
  if (body.password === undefined) throw edgeProblem('password_wanted', locale);
  const { isNew, ...user } = await backoffice.auth.createUser({
    ...{ email, name, password: body.password },
  });
  // Let in by another shop at this very moment: nobody has shown that it is their account.
  if (!isNew) throw edgeProblem('sign_in_to_accept', locale);
  return user;
}

/** The invitation of a link, and who was invited, where they are signed in. */
async function invitationOf(call: Call<unknown, unknown, { readonly token: string }>) {
  const { backoffice, body, request, locale } = call;
  const found = await findInvitation(backoffice.db, hashToken(body.token));
  if (found === null) throw edgeProblem('invitation_gone', locale);
  const user = await backoffice.auth.whoIs(headersOf(request));
  const isInvited = user?.email.toLowerCase() === found.email.toLowerCase();
  return { found, user: isInvited ? user : null };
}

async function list({ backoffice, shopId }: Call) {
  const items = await listInvitations(backoffice.db, shopId);
  return { status: 200, body: { items: items.map(present) } };
}

function present({ shopId: _, expiresAt, ...invitation }: Invitation): InvitationEntry {
  return { ...invitation, expiresAt: instant(expiresAt) };
}
