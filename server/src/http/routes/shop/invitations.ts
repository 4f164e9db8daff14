import { randomUUID } from 'node:crypto';
import {
  acceptInvitationSchema,
  type Invitation as InvitationEntry,
  invitationListSchema,
  invitationViewSchema,
  invitedSchema,
  inviteSchema,
  lookAtInvitationSchema,
} from '@renkei/contract/shop/members.ts';
import { text, told } from '@renkei/contract/text.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AccountHolder, User } from '../../../access/auth.ts';
import { hashToken, newToken } from '../../../access/tokens.ts';
import { writeInvitation } from '../../../mail/invitation-text.ts';
import { noteOrigin } from '../../../store/people/account-origins.ts';
import {
  acceptInvitation,
  findInvitation,
  type InvitationFound,
  listInvitations,
  type StoredInvitation,
  saveInvitation,
  withdrawInvitation,
} from '../../../store/people/invitations.ts';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf } from '../../command.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { type Call, headersOf, route } from '../../route.ts';
import { instant } from '../../views/instant.ts';
import { checkPassword } from '../account/new-password.ts';

const params = z.object({ id: text({ max: 64 }) });
/** The days that a link works. */
const DAYS = 7;

/**
 * Invitations: an owner invites colleagues by a link that works once; its holder accepts with it.
 */
export function invitationRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/invitations',
    deed: 'manage_members',
    summary: 'The pending invitations',
    answers: { 200: invitationListSchema },
    handle: list,
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/invitations',
    deed: 'manage_members',
    summary: 'Invites a person by a mailed link that works once; replaces an earlier invitation',
    body: inviteSchema,
    answers: { 201: invitedSchema },
    async handle(call) {
      const { shopId, actor, body, locale } = call;
      const { token, hash: tokenHash } = newToken();
      // After a #, so that the secret reaches no log of a server or a proxy.
      const link = `${backoffice.publicUrl}/invitation#${token}`;
      const mail = backoffice.mail.leaves ? await mailOf(call, link) : null;
      const made = await saveInvitation(
        db,
        { shopId, id: randomUUID(), ...body },
        { tokenHash, days: DAYS, actor, mail },
      );
      if (made === 'member') throw edgeProblem('already_member', locale);
      if (made === 'too_many') throw edgeProblem('too_many_invitations', locale);
      const told = mail === null ? link : null;
      return { status: 201, body: { invitation: present(made), link: told } };
    },
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/invitations/:id',
    deed: 'manage_members',
    summary: 'Withdraws an invitation: its link no longer works',
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
    deed: 'public',
    summary: 'Shows an invitation to the holder of its link',
    body: lookAtInvitationSchema,
    answers: { 200: invitationViewSchema },
    async handle(call) {
      const { found, user } = await invitationOf(call);
      const { shopName, email, name, role, account } = found;
      const handsOver = isHandedOver(found);
      const hasAccount = account !== null && !handsOver;
      const isSignedIn = user !== null && !handsOver;
      const body = { shopName, email, name, role, hasAccount, handsOver, isSignedIn };
      return { status: 200, body };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/invitations/accept',
    deed: 'public',
    summary: 'Accepts an invitation: a new person with a password, a known one when signed in',
    body: acceptInvitationSchema,
    answers: { 200: z.object({ email: told }) },
    async handle(call) {
      const { body, locale } = call;
      const { found, user } = await invitationOf(call);
      const person = await personOf(call, found, user);
      const accepted = await acceptInvitation(db, hashToken(body.token), person);
      if (!accepted) throw edgeProblem('invitation_gone', locale);
      return { status: 200, body: { email: found.email } };
    },
  });
}

type Accepting = Call<unknown, unknown, z.output<typeof acceptInvitationSchema>>;

/**
 * Returns the person who accepts. Somebody else may have made an account whose address nobody has
 * proved. A mailed link proves the address and hands the account over; a link shown to the inviting
 * person proves nothing, and opens no other shop to such an account.
 */
async function personOf(
  call: Accepting,
  found: InvitationFound,
  user: User | null,
): Promise<Pick<User, 'id' | 'name'>> {
  const { account, shopId } = found;
  const { locale } = call;
  if (account === null) return newUser(call, found);
  if (isHandedOver(found)) {
    const password = passwordOf(call, found);
    await call.backoffice.auth.handOver(account.userId, password);
    return { id: account.userId, name: found.name };
  }
  const isOurs = account.way === 'shown_link' && account.shops.includes(shopId);
  if (!account.isProved && !isOurs) throw edgeProblem('address_unproved', locale);
  if (user === null) throw edgeProblem('sign_in_to_accept', locale);
  return user;
}

function isHandedOver({ account, mailed }: InvitationFound): boolean {
  return account !== null && !account.isProved && mailed;
}

function passwordOf({ body, locale }: Accepting, found: InvitationFound): string {
  if (body.password === undefined) throw edgeProblem('password_wanted', locale);
  const { email, name } = found;
  checkPassword(body.password, { email, name, shops: [found] }, locale);
  return body.password;
}

/** Creates the invited person's account with the password that they have chosen. */
async function newUser(call: Accepting, found: InvitationFound): Promise<AccountHolder> {
  const { auth, db } = call.backoffice;
  const { email, name, shopId, mailed } = found;
  const password = passwordOf(call, found);
  const { isNew, ...user } = await auth.createUser({ email, name, password, isProved: mailed });
  // Another shop has just added this address: nobody has shown whose account it is.
  if (!isNew) throw edgeProblem('sign_in_to_accept', call.locale);
  const way = mailed ? 'mailed_link' : 'shown_link';
  await noteOrigin(db, { userId: user.id, shopId, way });
  return user;
}

async function mailOf(call: Call<unknown, unknown, z.output<typeof inviteSchema>>, link: string) {
  const shop = await shopOf(call);
  const { name } = call.body;
  const invitedBy = call.actor.name;
  return writeInvitation({ shopName: shop.name, name, invitedBy, link, days: DAYS });
}

/** Returns the invitation of a link, and the invited person if they are signed in. */
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

function present({
  shopId: _,
  mailed: __,
  expiresAt,
  ...invitation
}: StoredInvitation): InvitationEntry {
  return { ...invitation, expiresAt: instant(expiresAt) };
}
