import { shopQuerySchema } from '@renkei/contract/common.ts';
import { pageOf, whole } from '@renkei/contract/query.ts';
import {
  changeSettingsSchema,
  type Settings,
  settingsChangeSchema,
  settingsSchema,
} from '@renkei/contract/shop/shop.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { listSettingsLog } from '../../../store/audit/settings-log.ts';
import { changeSettings, type Shop } from '../../../store/shops/shops.ts';
import type { Backoffice } from '../../backoffice.ts';
import { shopOf } from '../../command.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { matchedVersion } from '../../request.ts';
import { route } from '../../route.ts';
import { instant } from '../../views/instant.ts';

/** A shop's settings; 自動連携 is one of them (S1). */
export function settingsRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  logRoute(app, backoffice);
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/settings',
    deed: 'read_settings',
    summary: 'The shop’s settings',
    answers: { 200: settingsSchema },
    async handle(call) {
      const shop = await shopOf(call);
      return { status: 200, body: present(shop), headers: { etag: `"${shop.version}"` } };
    },
  });
  route(app, backoffice, {
    method: 'PATCH',
    url: '/v1/settings',
    deed: 'change_settings',
    summary: 'Changes settings, unless somebody else has changed them since',
    body: changeSettingsSchema,
    answers: { 200: settingsSchema },
    async handle(call) {
      const { db } = backoffice;
      if (call.body.requireTwoFactor === true && !call.user.hasSecondFactor) {
        throw edgeProblem('second_factor_first', call.locale);
      }
      const version = matchedVersion(call);
      const changed = await changeSettings(db, call, version, call.body);
      if (changed === null) {
        const current = present(await shopOf(call));
        throw edgeProblem('settings_changed', call.locale, { current });
      }
      return { status: 200, body: present(changed), headers: { etag: `"${changed.version}"` } };
    },
  });
}

/** The log of changed settings, mail templates and CSV layouts. */
function logRoute(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/settings/log',
    deed: 'read_settings',
    summary: 'Every change of the shop’s settings, newest first: actor, time, before, after',
    query: shopQuerySchema.extend({
      before: whole({ min: 1, max: Number.MAX_SAFE_INTEGER }).optional(),
      limit: pageOf({ max: 200, usual: 50 }),
    }),
    answers: { 200: z.object({ items: z.array(settingsChangeSchema) }) },
    async handle({ shopId, query: { before = null, limit } }) {
      const changes = await listSettingsLog(backoffice.db, shopId, { before, limit });
      const items = changes.map((change) => ({
        ...change,
        at: instant(change.at),
        actor: change.actor.name,
      }));
      return { status: 200, body: { items } };
    },
  });
}

function present(shop: Shop): Settings {
  const { name, linkEnabled, inquiry, captureDeadlineDays, fregi, updatedAt, version } = shop;
  const { captureDeadlines, paymentPolicies, confirm, limits, shipper } = shop;
  const { digest, requireTwoFactor, retentionYears, sessionEnds } = shop;
  const { environment, shopId, baseUrl } = fregi;
  return {
    shopName: name,
    linkEnabled,
    inquiry,
    captureDeadlineDays,
    version,
    captureDeadlines,
    paymentPolicies,
    confirm,
    limits,
    shipper,
    digest,
    requireTwoFactor,
    retentionYears,
    sessionEnds,
    fregi: { environment, shopId, baseUrl },
    updatedAt: instant(updatedAt),
  };
}
