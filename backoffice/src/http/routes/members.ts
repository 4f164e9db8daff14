import type { FastifyInstance } from 'fastify';
import { memberListSchema } from '../../contract/members.ts';
import { listMembers } from '../../store/people.ts';
import type { Backoffice } from '../backoffice.ts';
import { route } from '../route.ts';

export function memberRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/members',
    permission: 'attention:write',
    summary: 'Who works in the shop: to whom an item of 要対応 can be given, by name',
    answers: { 200: memberListSchema },
    async handle({ shopId }) {
      return { status: 200, body: { items: await listMembers(backoffice.db, shopId) } };
    },
  });
}
