import { shopQuerySchema } from '@renkei/contract/common.ts';
import { ERASED_AT_A_TIME } from '@renkei/contract/limits.ts';
import { pageOf } from '@renkei/contract/query.ts';
import {
  certificateSchema,
  erasedSchema,
  eraseSchema,
  type FindCustomer,
  findCustomerSchema,
  foundCustomerSchema,
} from '@renkei/contract/shop/erasures.ts';
import { billedOf } from '@renkei/core/domain/order/order.ts';
import { OrderNotFound } from '@renkei/core/ports/store.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { eraseCustomer, hindranceOf } from '../../../services/erase-customers.ts';
import {
  findApplicationsOf,
  findOrdersOf,
  type Sought,
} from '../../../store/erasure/candidates.ts';
import {
  type Certificate,
  certify,
  eraseApplication,
  listCertificates,
} from '../../../store/erasure/erasures.ts';
import type { Backoffice } from '../../backoffice.ts';
import { confirmationProblem } from '../../command.ts';
import { edgeProblem } from '../../problems/problems.ts';
import { typedBy } from '../../request.ts';
import { type Call, route } from '../../route.ts';
import { instant } from '../../views/instant.ts';
import { presentReason } from '../../views/reasons.ts';

/** お客様情報の消去: whom it concerns, the erasure, and its certificates (H6). */
export function erasureRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/erasures/preview',
    deed: 'erase_customer',
    summary: 'The orders and applications of a customer, and what prevents their erasure',
    body: findCustomerSchema,
    answers: { 200: foundCustomerSchema },
    handle: (call) => preview(call, call.body),
  });
  route(app, backoffice, {
    method: 'POST',
    url: '/v1/erasures',
    deed: 'erase_customer',
    summary: 'Erases the customer of closed orders and ended applications; money and proof stay',
    body: eraseSchema,
    answers: { 200: erasedSchema },
    handle: (call) => erase(call, call.body),
  });
  route(app, backoffice, {
    method: 'GET',
    url: '/v1/erasures',
    deed: 'erase_customer',
    summary: 'The certificates of erasures, newest first',
    query: shopQuerySchema.extend({ limit: pageOf({ max: 200, usual: 50 }) }),
    answers: { 200: z.object({ items: z.array(certificateSchema) }) },
    async handle({ shopId, query: { limit } }) {
      const found = await listCertificates(backoffice.db, shopId, limit);
      return { status: 200, body: { items: found.map(presentCertificate) } };
    },
  });
}

async function preview({ backoffice: { db }, shopId, locale }: Call, given: FindCustomer) {
  const sought = soughtOf(given);
  const limit = ERASED_AT_A_TIME + 1;
  const [orders, applications] = await Promise.all([
    findOrdersOf(db, shopId, sought, limit),
    findApplicationsOf(db, shopId, sought, limit),
  ]);
  const body = {
    orders: orders.slice(0, ERASED_AT_A_TIME).map((found) => {
      const { order, customerName } = found;
      const { orderNumber, version, status, placedAt, amounts, customerErased } = order;
      const reason = hindranceOf(found);
      return {
        orderNumber,
        version,
        status,
        placedAt: instant(placedAt),
        customerName,
        billed: billedOf(amounts),
        erased: customerErased,
        reason: reason && presentReason(reason, locale, { shopId, orderNumber }),
      };
    }),
    applications: applications.slice(0, ERASED_AT_A_TIME).map((one) => {
      const { code, version, status, customerName, customerErased } = one;
      return { code, version, status, customerName, erased: customerErased };
    }),
    more: orders.length === limit || applications.length === limit,
  };
  return { status: 200, body };
}

function soughtOf({ orderNumbers, email, phone, name, overdue }: FindCustomer): Sought {
  if (overdue !== undefined) return { by: 'overdue' };
  if (orderNumbers !== undefined) return { by: 'orders', orderNumbers };
  if (email !== undefined) return { by: 'email', value: email };
  if (phone !== undefined) return { by: 'phone', value: phone };
  return { by: 'name', value: name ?? '' };
}

/** A person types how many orders and applications it concerns; nothing brings them back. */
async function erase(call: Call, { orders, applications }: z.output<typeof eraseSchema>) {
  const { backoffice, shopId, locale, actor } = call;
  const { db, office, erasureList } = backoffice;
  const count = String(orders.length + applications.length);
  if (typedBy(call) !== count) throw confirmationProblem(call, null, count);
  const refused: { orderNumber: string; reason: ReturnType<typeof presentReason> }[] = [];
  for (const { orderNumber, version } of orders) {
    const ref = { shopId, orderNumber };
    const erasure = { actor, cause: 'request', seen: version } as const;
    const reason = await eraseCustomer(
      db,
      (to, wanted) => office.command(to, wanted),
      ref,
      erasure,
    ).catch((error: unknown) => {
      throw error instanceof OrderNotFound ? edgeProblem('not_found', locale) : error;
    });
    if (reason !== null) refused.push({ orderNumber, reason: presentReason(reason, locale, ref) });
  }
  const refusedApplications: string[] = [];
  for (const code of applications) {
    const isErased = await eraseApplication(db, { shopId, code, actor, cause: 'request' });
    if (!isErased) refusedApplications.push(code);
  }
  const certificates = await certify(db, shopId, async (erased) => erasureList?.append(erased));
  const body = {
    certificates: certificates.map(presentCertificate),
    refused,
    refusedApplications,
  };
  return { status: 200, body };
}

function presentCertificate({ at, actor, ...facts }: Certificate) {
  return { ...facts, at: instant(at), actor: actor.name };
}
