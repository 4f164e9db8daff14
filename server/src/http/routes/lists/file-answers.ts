import { answerFileSchema, fileAnswersSchema } from '@renkei/contract/lists/file-answers.ts';
import type { FastifyInstance } from 'fastify';
import { listFileAnswers, saveFileAnswer } from '../../../store/shops/file-answers.ts';
import type { Backoffice } from '../../backoffice.ts';
import { route } from '../../route.ts';

/** What files cannot tell, and the shop has answered once. */
export function fileAnswerRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/file-answers',
    deed: 'read_orders',
    summary: 'The shop’s answers about its files: payment methods, columns, characters',
    answers: { 200: fileAnswersSchema },
    async handle({ shopId }) {
      return { status: 200, body: { answers: await listFileAnswers(db, shopId) } };
    },
  });
  route(app, backoffice, {
    method: 'PUT',
    url: '/v1/file-answers',
    deed: 'import_file',
    summary: 'Keeps an answer, or takes it back; the next file is read with it',
    body: answerFileSchema,
    answers: { 200: fileAnswersSchema },
    async handle(call) {
      const { shopId, body } = call;
      await saveFileAnswer(db, call, body);
      return { status: 200, body: { answers: await listFileAnswers(db, shopId) } };
    },
  });
}
