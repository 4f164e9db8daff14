import { changeMemberSchema, memberListSchema } from '@renkei/contract/shop/members.ts';
import { text } from '@renkei/contract/text.ts';
import { isAllowed, PERMISSION_TO } from '@renkei/core/domain/commands/permissions.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { changeRole, type MemberChanged, removeMember } from '../../../access/members.ts';
import { listMembers } from '../../../store/people/people.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { type Call, roleIn, route } from '../../route.ts';

const params = z.object({ id: text({ max: 64 }) });

/** The people of the shop; an owner gives them another role, or removes them. */
export function memberRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/members',
    deed: 'handle_attention',
    summary: 'The people of the shop, by name: items of 要対応 can be assigned to them',
    answers: { 200: memberListSchema },
    handle: (call) => list(call),
  });
  route(app, backoffice, {
    method: 'PATCH',
    url: '/v1/members/:id',
    deed: 'manage_members',
    summary: 'Gives a member another role; the last owner stays an owner',
    params,
    body: changeMemberSchema,
    answers: { 200: memberListSchema },
    handle: (call) => changed(call, (change) => changeRole(db, change, call.body.role)),
  });
  route(app, backoffice, {
    method: 'DELETE',
    url: '/v1/members/:id',
    deed: 'manage_members',
    summary: 'Removes a member, whose sessions end at once; the last owner stays',
    params,
    answers: { 200: memberListSchema },
    handle: (call) => changed(call, (change) => removeMember(db, change)),
  });
}

async function list(call: Call) {
  const members = await listMembers(call.backoffice.db, call.shopId);
  const manages = isAllowed(roleIn(call), PERMISSION_TO.manage_members);
  const items = manages ? members : members.map((one) => ({ ...one, hasSecondFactor: null }));
  return { status: 200, body: { items } };
}

async function changed(
  call: Call<z.output<typeof params>>,
  work: (change: Parameters<typeof removeMember>[1]) => Promise<MemberChanged>,
) {
  const { shopId, actor, locale } = call;
  const outcome = await work({ shopId, userId: call.params.id, actor });
  if (outcome !== 'done') throw edgeProblem(outcome, locale);
  return list(call);
}
