import { agreeToProposalSchema, endProposalSchema } from '@renkei/contract/orders/proposals.ts';
import type { FastifyInstance } from 'fastify';
import type { Backoffice } from '../../backoffice.ts';
import { commandRoute } from './change-routes.ts';

/** F59: what waits for a second person. The answer is a command like any other. */
export function proposalRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  commandRoute(app, backoffice, {
    method: 'POST',
    resource: 'proposal/agreement',
    kind: 'agree_to_proposal',
    summary: 'A second person agrees to a command above the limit: it is carried out now (F59)',
    body: agreeToProposalSchema,
    command: (body) => ({ kind: 'agree_to_proposal', ...body }),
  });
  commandRoute(app, backoffice, {
    method: 'POST',
    resource: 'proposal/end',
    kind: 'end_proposal',
    summary: 'A second person declines a command, or whoever gave it withdraws it (F59)',
    body: endProposalSchema,
    command: (body, { actor }) => ({ kind: 'end_proposal', ...body, by: actor.id }),
  });
}
