import { text, told } from '@renkei/contract/text.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { settlenoOf } from '../../../fregi/notice.ts';
import { ringAtNotice } from '../../../store/payments/redirect-payments.ts';
import type { Backoffice } from '../../backoffice.ts';
import { route } from '../../route.ts';

const NOTICE_BYTES_MAX = 16 * 1024;

/**
 * F-REGI's 決済完了通知 (protocol §8.2): a doorbell, and no more. It has no checksum, so it proves
 * nothing; Renkei asks F-REGI, and that answer counts (L2). The first line of our answer must be
 * OK, otherwise F-REGI repeats the notice after 5 and 55 minutes.
 */
export function noticeRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  app.addContentTypeParser(
    'application/x-www-form-urlencoded',
    { parseAs: 'buffer', bodyLimit: NOTICE_BYTES_MAX },
    (_request, body, done) => done(null, body),
  );
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/notices/:shopId/completion',
    deed: 'public',
    summary:
      'F-REGI’s 決済完了通知: makes Renkei ask F-REGI about the payment; proves nothing (L2)',
    params: z.object({ shopId: text({ min: 1, max: 40 }) }),
    body: z.custom<Buffer>(Buffer.isBuffer, 'application/x-www-form-urlencoded'),
    bodyLimit: NOTICE_BYTES_MAX,
    answers: { 200: told },
    async handle({ params: { shopId }, body }) {
      const settleno = settlenoOf(body);
      if (settleno !== null) {
        await ringAtNotice(backoffice.db, shopId, settleno);
      }
      const headers = { 'content-type': 'text/plain; charset=us-ascii' };
      return { status: 200, body: 'OK\n', headers };
    },
  });
}
