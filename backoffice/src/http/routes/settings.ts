import type { FastifyInstance } from 'fastify';
import { changeSettingsSchema, type Settings, settingsSchema } from '../../contract/shop.ts';
import { changeSettings, type Shop } from '../../store/shops.ts';
import type { Backoffice } from '../backoffice.ts';
import { matchedVersion, shopOf } from '../command.ts';
import { instant } from '../present/orders.ts';
import { edgeProblem } from '../problems.ts';
import { route } from '../route.ts';

/** A shop's settings; 自動連携 is one of them (S1). */
export function settingsRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/settings',
    permission: 'settings:read',
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
    permission: 'settings:write',
    summary: 'Changes settings, unless somebody else has since they were read',
    body: changeSettingsSchema,
    answers: { 200: settingsSchema },
    async handle(call) {
      const { db } = backoffice;
      const changed = await changeSettings(db, call.shopId, matchedVersion(call), call.body);
      if (changed === null) {
        const current = present(await shopOf(call));
        throw edgeProblem('settings_changed', call.locale, { current });
      }
      return { status: 200, body: present(changed), headers: { etag: `"${changed.version}"` } };
    },
  });
}

function present(shop: Shop): Settings {
  const { name, linkEnabled, inquiry, captureDeadlineDays, fregi, updatedAt, version } = shop;
  const { environment, shopId, baseUrl } = fregi;
  return {
    ...{ shopName: name, linkEnabled, inquiry, captureDeadlineDays, version },
    fregi: { environment, shopId, baseUrl },
    updatedAt: instant(updatedAt),
  };
}
