import { mailDecisionSchema, waitingMailsSchema } from '@renkei/contract/shop/waiting-mails.ts';
import type { FastifyInstance } from 'fastify';
import {
  countWaitingMails,
  decideLateMails,
  listLateMails,
} from '../../../store/mails/late-mails.ts';
import type { Backoffice } from '../../backoffice.ts';
import { type Call, route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

const LISTED_MAX = 100;

/** The waiting mails of the outbox, and those that have waited too long to go out by itself. */
export function waitingMailRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/waiting-mails',
    deed: 'read_settings',
    summary: 'Waiting mails, and mails too late to go out by themselves',
    answers: { 200: waitingMailsSchema },
    handle: (call) => list(call),
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/waiting-mails/decision',
    deed: 'write_mail',
    summary: 'Sends or drops mails that were too late to go out by themselves',
    body: mailDecisionSchema,
    answers: { 200: waitingMailsSchema },
    async handle(call) {
      const { db, mail } = backoffice;
      await decideLateMails(db, call, call.body, mail.ageMaxMs);
      return list(call);
    },
  });
}

async function list({ backoffice: { db, mail }, shopId }: Pick<Call, 'backoffice' | 'shopId'>) {
  const { leaves, ageMaxMs } = mail;
  const { waiting, late, upTo } = await countWaitingMails(db, shopId, ageMaxMs);
  const items = await listLateMails(db, shopId, { ageMaxMs, limit: LISTED_MAX });
  const listed = items.map((one) => ({ ...one, createdAt: instant(one.createdAt) }));
  const ageMaxHours = ageMaxMs / 3_600_000;
  const body = { leaves, waiting, ageMaxHours, late: { count: late, upTo, items: listed } };
  return { status: 200, body };
}
