import {
  releaseSafeModeSchema,
  type SafeModeView,
  safeModeAnswerSchema,
} from '@renkei/contract/attention/safe-mode.ts';
import type { SafeMode } from '@renkei/core/ports/safe-mode.ts';
import type { FastifyInstance } from 'fastify';
import { countReviews, loadSafeMode, releaseSafeMode } from '../../../store/audit/safe-mode.ts';
import { logSettings } from '../../../store/audit/settings-log.ts';
import type { Backoffice } from '../../backoffice.ts';
import { type EdgeProblem, edgeDetail, edgeProblem } from '../../problems/problems.ts';
import { type Call, route } from '../../route.ts';
import { instant, instantOrNull } from '../../views/instant.ts';

/** Safe mode: why Renkei asks F-REGI nothing, its progress, and its end at a person's word. */
export function safeModeRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  const { db } = backoffice;
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/safe-mode',
    deed: 'read_orders',
    summary: 'Whether safe mode holds, the reason, its progress, and who may end it',
    answers: { 200: safeModeAnswerSchema },
    async handle(call) {
      const safeMode = await loadSafeMode(db);
      const body = { safeMode: safeMode && (await present(call, safeMode)) };
      return { status: 200, body };
    },
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/safe-mode/release',
    deed: 'release_safe_mode',
    summary: 'Ends safe mode once the comparison is complete: for an owner of every shop concerned',
    body: releaseSafeModeSchema,
    answers: { 200: safeModeAnswerSchema },
    async handle(call) {
      const { locale, actor, body, memberships } = call;
      const { note } = body;
      const by = `${call.user.name} (${call.user.email})`;
      await releaseSafeMode(db, by, async (client) => {
        const safeMode = await loadSafeMode(client);
        if (safeMode === null) throw edgeProblem('no_safe_mode', locale);
        const obstacle = obstacleTo(call, safeMode);
        if (obstacle !== null) throw edgeProblem(obstacle, locale);
        const change = { before: { safeMode: true }, after: { safeMode: false, note } };
        for (const { shopId } of memberships.filter(({ role }) => role === 'owner')) {
          await logSettings(client, shopId, { actor, area: 'settings', subject: '', ...change });
        }
      });
      return { status: 200, body: { safeMode: null } };
    },
  });
}

async function present(call: Call, safeMode: SafeMode): Promise<SafeModeView> {
  const { backoffice, shopId, memberships, locale } = call;
  const { enteredAt, cause, comparedAt, report } = safeMode;
  const obstacle = obstacleTo(call, safeMode);
  return {
    enteredAt: instant(enteredAt),
    lacks: memberships.flatMap((membership) =>
      cause
        .filter((lack) => lack.shopId === membership.shopId)
        .map(({ n, at, kind }) => ({
          shopId: membership.shopId,
          shopName: membership.shopName,
          n,
          markedAt: instant(at),
          kind,
        })),
    ),
    comparedAt: instantOrNull(comparedAt),
    parked: report?.parked ?? null,
    reviews: await countReviews(backoffice.db, shopId),
    release:
      obstacle === null
        ? { offered: true }
        : { offered: false, because: edgeDetail(obstacle, locale) },
  };
}

/**
 * Returns the reason why this person may not end safe mode now; null if they may. Safe mode covers
 * all shops, so all count.
 */
function obstacleTo(
  { memberships }: Pick<Call, 'memberships'>,
  { cause, comparedAt }: SafeMode,
): EdgeProblem | null {
  const owned = new Set(
    memberships.filter(({ role }) => role === 'owner').map(({ shopId }) => shopId),
  );
  if (owned.size === 0) return 'forbidden';
  if (cause.some(({ shopId }) => !owned.has(shopId))) return 'safe_mode_of_others';
  return comparedAt === null ? 'safe_mode_not_compared' : null;
}
