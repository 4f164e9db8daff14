import { wordsOfIssue } from '@renkei/contract/issue-words.ts';
import { DateRangeError } from '@renkei/core/domain/values/jst.ts';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  isResponseSerializationError,
} from 'fastify-type-provider-zod';
import { AuthUnavailable } from '../access/auth.ts';
import { JobCutOff } from '../jobs/job-process.ts';
import { JobsBusy } from '../jobs/job-processes.ts';
import { BadCursor } from '../store/db/cursor.ts';
import { isPoolTaken, isUnavailable } from '../store/db/db.ts';
import { isTransactionTaken, RedirectPaymentTaken } from '../store/orders/order-place.ts';
import { type EdgeProblem, edgeProblem, HttpProblem } from './problems/problems.ts';
import { localeOf } from './route.ts';

/** Answers every error with a problem (RFC 9457). */
export function answerErrors(app: FastifyInstance, onError: (error: unknown) => void): void {
  app.setErrorHandler((error: unknown, request, reply) => {
    const problem = problemOf(error, request);
    if (problem.problem.status >= 500 || error instanceof DateRangeError) onError(error);
    return sendProblem(problem, request, reply);
  });
}

/** Answers an error before any route: a URL that cannot be read. */
export function answerFrameworkError(
  error: unknown,
  request: FastifyRequest,
  reply: FastifyReply,
): void {
  sendProblem(problemOf(error, request), request, reply);
}

export function sendProblem(
  { problem }: HttpProblem,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  request.problem = problem.code;
  if (problem.status === 503) reply.header('retry-after', '5');
  return reply
    .status(problem.status)
    .type('application/problem+json; charset=utf-8')
    .serializer((body: unknown) => JSON.stringify(body))
    .send({ ...problem, requestId: request.id });
}

function problemOf(error: unknown, request: FastifyRequest): HttpProblem {
  if (error instanceof HttpProblem) return error;
  const locale = localeOf(request);
  if (isPoolTaken(error)) return edgeProblem('overloaded', locale);
  if (error instanceof AuthUnavailable || isUnavailable(error)) {
    return edgeProblem('unavailable', locale);
  }
  if (error instanceof JobsBusy) return edgeProblem('busy', locale);
  if (error instanceof JobCutOff) {
    return edgeProblem(error.why === 'memory' ? 'too_heavy' : 'work_interrupted', locale);
  }
  if (error instanceof RedirectPaymentTaken) return edgeProblem('redirect_payment_taken', locale);
  if (error instanceof BadCursor) return edgeProblem('bad_cursor', locale);
  if (hasNoRoom(error)) return edgeProblem('no_room', locale);
  if (isTransactionTaken(error)) return edgeProblem('transaction_taken', locale);
  if (error instanceof DateRangeError) return edgeProblem('date_unusable', locale);
  if (isResponseSerializationError(error) || !(error instanceof Error)) {
    return edgeProblem('internal_error', locale);
  }
  if (hasZodFastifySchemaValidationErrors(error)) {
    const errors = error.validation.map(({ instancePath, keyword, message = '', params }) => ({
      pointer: instancePath || '/',
      message: wordsOfIssue({ ...params, code: keyword, message }, locale),
    }));
    return edgeProblem('invalid_request', locale, { errors });
  }
  const { statusCode = 500 } = error as FastifyError;
  return edgeProblem(BY_STATUS[statusCode] ?? 'internal_error', locale);
}

/** True if a file of ours could not be written for lack of room. */
function hasNoRoom(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_ROOM.includes(String(error.code));
}

const NO_ROOM = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/** Fastify's own refusals, by status. */
const BY_STATUS: Readonly<Record<number, EdgeProblem>> = {
  400: 'malformed_body',
  404: 'not_found',
  413: 'too_large',
  414: 'malformed_body',
  415: 'unsupported_media_type',
};
