import {
  type Verification as VerificationView,
  verificationSchema,
  verificationsSchema,
} from '@renkei/contract/attention/activity.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { FastifyInstance } from 'fastify';
import { describeFinding } from '../../../audit/findings.ts';
import type { Verified } from '../../../audit/verify.ts';
import { loadVerifications, type StoredVerification } from '../../../store/audit/verifications.ts';
import type { Backoffice } from '../../backoffice.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { type Call, route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

/** 記録の検証: reads all of the shop's records again, in the background. */
export function verificationRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const where = { url: '/v1/activity/verification', deed: 'verify_records' } as const;
  route(app, backoffice, {
    ...where,
    method: 'GET',
    summary: 'The newest verification, and the newest verdict',
    answers: { 200: verificationsSchema },
    handle: answer,
  });
  route(app, backoffice, {
    ...where,
    method: 'POST',
    summary: 'Verifies all records (chains, replay, seals), or joins a running verification',
    answers: { 202: verificationSchema },
    async handle({ shopId, user, locale }) {
      const begun = await backoffice.verifier.begin(shopId, user.name);
      if (begun === null) throw edgeProblem('verification_elsewhere', locale);
      return { status: 202, body: present(begun, locale) };
    },
  });
  route(app, backoffice, {
    ...where,
    method: 'DELETE',
    summary: 'Cancels the running verification; does nothing without one',
    answers: { 200: verificationsSchema },
    async handle(call) {
      await backoffice.verifier.cancel(call.shopId);
      return answer(call);
    },
  });
}

async function answer({ backoffice, shopId, locale }: Call) {
  const { latest, verified } = await loadVerifications(backoffice.db, shopId);
  const body = {
    latest: latest && present(latest, locale),
    verified: verified && present(verified, locale),
  };
  return { status: 200, body };
}

function present(verification: StoredVerification, locale: Locale): VerificationView {
  const { id, startedAt, startedBy, finishedAt, outcome, entriesRead, entries } = verification;
  return {
    id,
    startedBy,
    state: outcome ?? 'running',
    startedAt: instant(startedAt),
    finishedAt: finishedAt === null ? null : instant(finishedAt),
    progress: { read: entriesRead, of: Math.max(entries, entriesRead) },
    found: verification.found && presentFound(verification.found, locale),
  };
}

function presentFound({ verdict, head, outside }: Verified, locale: Locale) {
  const { wrong, ...counts } = verdict;
  return {
    ...counts,
    head: head && { ...head, at: instant(head.at) },
    outside: outside && { ...outside, at: instant(outside.at) },
    wrong: wrong && describeFinding(wrong, locale),
  };
}
