import { meSchema } from '@renkei/contract/shop/shop.ts';
import { PERMISSIONS_OF } from '@renkei/core/domain/commands/permissions.ts';
import type { FastifyInstance } from 'fastify';
import { isLow } from '../../../disks.ts';
import { listHolds } from '../../../store/attention/outages.ts';
import type { Backoffice } from '../../backoffice.ts';
import { route } from '../../route.ts';

export function meRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/me',
    deed: 'signed_in',
    summary: 'The signed-in user, and their permissions in each shop',
    answers: { 200: meSchema },
    async handle({ user, memberships }) {
      const { db, links, measureRoom, mail } = backoffice;
      const mailsLeave = mail.leaves;
      const [holds, rooms] = await Promise.all([listHolds(db), measureRoom()]);
      const shops = memberships.map(({ shopId: id, shopName: name, ...membership }) => ({
        id,
        name,
        ...membership,
        permissions: PERMISSIONS_OF[membership.role],
        hold: holds.get(id) ?? null,
      }));
      return {
        status: 200,
        body: { user, shops, links, roomIsLow: rooms.some(isLow), mailsLeave },
      };
    },
  });
}
