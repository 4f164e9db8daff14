import { problemSchema, shopQuerySchema } from '@renkei/contract/common.ts';
import {
  type Deed,
  isAllowed,
  PERMISSION_TO,
  type Permission,
  type Role,
} from '@renkei/core/domain/commands/permissions.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AccountHolder, User } from '../access/auth.ts';
import { chooseShop, type Membership } from '../access/members.ts';
import { addressOf } from './address.ts';
import type { Backoffice } from './backoffice.ts';
import { edgeProblem } from './problems/problems.ts';
import type { ReadTurn } from './read-turns.ts';
import { seenRecords } from './views/seen-records.ts';

/**
 * A route of the API. Each must declare who may use it: everybody who may do a deed in one shop, or
 * `signed_in` if it concerns the user alone, or `public`.
 */
export type Route<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType> = {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  readonly url: string;
  readonly deed: Deed | 'signed_in' | 'public';
  readonly summary: string;
  readonly params?: P;
  readonly query?: Q;
  readonly body?: B;
  readonly answers: Readonly<Record<number, z.ZodType>>;
  readonly bodyLimit?: number;
  /** The body is a file of at most so many bytes: one at a time from a shop, read in a process of its own. */
  readonly file?: number;
  readonly handle: (call: Call<z.output<P>, z.output<Q>, z.output<B>>) => Promise<HttpAnswer>;
};

/** An admitted request, with the checked parts that its route declared. */
export type Call<P = unknown, Q = unknown, B = unknown> = {
  readonly backoffice: Backoffice;
  readonly locale: Locale;
  readonly user: User;
  readonly actor: Actor;
  /** The shop of the request; '' on routes without a shop. */
  readonly shopId: string;
  readonly memberships: readonly Membership[];
  /** The user's role in that shop; null on routes without a shop. */
  readonly role: Role | null;
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  /** Throws unless the user also has this permission, for routes whose body decides. */
  readonly requires: (permission: Permission) => void;
  /** Whether the request would be admitted now, for an answer that stays open for minutes. */
  readonly isStillAdmitted: () => Promise<boolean>;
};

export type HttpAnswer = {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
};

/** Every declared route, for the test over routes × roles and for the documentation. */
type DeclaredRoute = Pick<Route<z.ZodType, z.ZodType, z.ZodType>, 'method' | 'url' | 'deed'> & {
  readonly permission: Permission | 'signed_in' | 'public';
};

/** The admission of a request, decided before its body is read. */
type Admission = Pick<
  Call,
  'locale' | 'user' | 'actor' | 'shopId' | 'memberships' | 'role' | 'requires' | 'isStillAdmitted'
>;

declare module 'fastify' {
  interface FastifyInstance {
    declaredRoutes: DeclaredRoute[];
  }
  interface FastifyRequest {
    admission: Admission | null;
    readTurn: ReadTurn | null;
    /** For the log: the signed-in person's id, also of a refused request. */
    person: string | null;
    /** For the log: the code of the problem that was answered. */
    problem: string | null;
  }
}

const EMPTY = z.object({});
const NOBODY: User = {
  id: '',
  name: '',
  email: '',
  hasSecondFactor: false,
  hasApp: false,
  sessionId: '',
};

export function route<
  P extends z.ZodType = typeof EMPTY,
  Q extends z.ZodType = typeof shopQuerySchema,
  B extends z.ZodType = z.ZodUndefined,
>(app: FastifyInstance, backoffice: Backoffice, spec: Route<P, Q, B>): void {
  const { method, url, deed, summary, bodyLimit = spec.file } = spec;
  const permission = deed === 'signed_in' || deed === 'public' ? deed : PERMISSION_TO[deed];
  const isRead = method === 'GET' && permission !== 'public';
  app.declaredRoutes.push({ method, url, deed, permission });
  app.route({
    method,
    url,
    ...(bodyLimit === undefined ? {} : { bodyLimit }),
    schema: {
      summary,
      params: spec.params ?? EMPTY,
      querystring: spec.query ?? shopQuerySchema,
      ...(spec.body === undefined ? {} : { body: spec.body }),
      response: { ...spec.answers, '4xx': problemSchema, '5xx': problemSchema },
    },
    async onRequest(request, reply) {
      const { readTurns } = backoffice;
      if (isRead) request.readTurn = await readTurns.atDoor(request, reply, localeOf(request));
      const admission = await admit(backoffice, permission, request);
      request.admission = admission;
      if (spec.file === undefined) return;
      request.fileSeat = backoffice.fileSeats.take(admission.shopId, admission.locale, reply);
    },
    async handler(request, reply) {
      const { admission } = request;
      if (admission === null) throw new Error('a request without admission');
      // The schemas above have checked and shaped these three.
      const { params, query, body } = request as unknown as Pick<
        Call<z.output<P>, z.output<Q>, z.output<B>>,
        'params' | 'query' | 'body'
      >;
      const call = { ...admission, backoffice, params, query, body, request, reply };
      const answer = await backoffice.readTurns.inside(call, () => spec.handle(call));
      if (call.shopId !== '') noteSeen(call, answer);
      return reply
        .status(answer.status)
        .headers(answer.headers ?? {})
        .send(answer.body);
    },
  });
}

/** Notes whose records the user sees; whatever a page of an order shows is about the order. */
function noteSeen(call: Call, { body }: HttpAnswer): void {
  const { backoffice, request, params } = call;
  const seen = seenRecords(body);
  const { orderNumber } = Object(params) as { readonly orderNumber?: string };
  if (request.method === 'GET' && orderNumber !== undefined) seen.add(orderNumber);
  if (seen.size > 0) backoffice.readLog.note(call, seen);
}

/** Admits a request, or throws the problem with the reason. Another's shop is not found. */
async function admit(
  backoffice: Backoffice,
  permission: Permission | 'signed_in' | 'public',
  request: FastifyRequest,
  wanted = { prolongs: isAttended(request) },
): Promise<Admission> {
  const locale = localeOf(request);
  const isStillAdmitted = (shopId: string) =>
    admit(backoffice, permission, request, { prolongs: false }).then(
      (now) => now.shopId === shopId,
      () => false,
    );
  const outside = {
    locale,
    shopId: '',
    memberships: [],
    role: null,
    requires: () => {},
    isStillAdmitted: () => isStillAdmitted(''),
  };
  if (permission === 'public') return { ...outside, user: NOBODY, actor: actorOf(NOBODY, request) };
  const user = await backoffice.auth.whoIs(headersOf(request), wanted);
  if (user === null) throw edgeProblem('not_signed_in', locale);
  request.person = user.id;
  const memberships = await backoffice.membershipsOf(user.id);
  const signedIn = { ...outside, user, actor: actorOf(user, request), memberships };
  if (permission === 'signed_in') return signedIn;

  const { shop } = shopQuerySchema.catch({}).parse(request.query);
  const choice = chooseShop(memberships, shop);
  if (choice.kind === 'ambiguous') throw edgeProblem('shop_wanted', locale);
  if (choice.kind === 'not_found') throw edgeProblem('not_found', locale);
  const { role, shopId, requireTwoFactor } = choice.membership;
  if (requireTwoFactor && !user.hasSecondFactor) throw edgeProblem('second_factor_wanted', locale);
  const requires = (wanted: Permission) => {
    if (!isAllowed(role, wanted)) throw edgeProblem('forbidden', locale);
  };
  requires(permission);
  const admitted = { shopId, role, requires, isStillAdmitted: () => isStillAdmitted(shopId) };
  return { ...signedIn, ...admitted };
}

/** False if a screen reads again by itself, and says so: it keeps no idle session open. */
function isAttended({ headers }: FastifyRequest): boolean {
  return headers['renkei-unattended'] === undefined;
}

/** Returns the user's role in the shop of the request. */
export function roleIn({ role }: Pick<Call, 'role'>): Role {
  if (role === null) throw new Error('a route without a shop');
  return role;
}

/** Returns since when the user works in the shop of the request (F59). */
export function memberSince({ shopId, memberships }: Call): Instant {
  const own = memberships.find((membership) => membership.shopId === shopId);
  if (own === undefined) throw new Error('a route without a shop');
  return own.since;
}

export function localeOf({ headers }: FastifyRequest): Locale {
  return /^en\b/i.test(headers['accept-language'] ?? '') ? 'en' : 'ja';
}

export function headersOf({ headers }: FastifyRequest): Headers {
  const web = new Headers();
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined) web.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  return web;
}

export function actorOf({ id, name }: AccountHolder, request: FastifyRequest): Actor {
  return { kind: 'user', id, name, from: { ip: addressOf(request), requestId: request.id } };
}
