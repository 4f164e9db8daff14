import { text, told } from '@renkei/contract/text.ts';
import type { Operation } from '@renkei/core/turns/operation.ts';
import type { GatewayWords } from '@renkei/core/turns/page.ts';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ownCookie, ownCookieIn } from '../../../access/session-cookie.ts';
import { loadOperation } from '../../../store/orders/order-view.ts';
import type { Backoffice } from '../../backoffice.ts';
import { type HttpAnswer, headersOf, route } from '../../route.ts';
import { CARDHOLDER } from '../../views/challenge.ts';

/**
 * The cardholder's way through 3-D Secure (Y2, protocol §7). The cart sends the browser here; it
 * gets F-REGI's page, and a cookie that tells afterwards whose browser comes back. F-REGI sends it
 * to `${CARDHOLDER}/return`, the return URL of the shop at F-REGI. The browser's words prove
 * nothing: Renkei looks at F-REGI. Whoever knows an operation's id may see its page, and can do
 * nothing there without the card.
 */
export function cardholderRoutes(app: FastifyInstance, backoffice: Backoffice): void {
  route(app, backoffice, {
    method: 'GET',
    url: `${CARDHOLDER}/:shopId/:id`,
    deed: 'public',
    summary: 'F-REGI’s page for a cardholder who has to confirm (3-D Secure), while F-REGI waits',
    params: z.object({ shopId: text({ min: 1, max: 40 }), id: z.uuid() }),
    answers: { 200: told, 410: told },
    async handle({ params: { shopId, id } }) {
      const operation = await find(backoffice, { shopId, id });
      const page = operation?.challengePage ?? null;
      if (page === null) return plain(410, OVER);
      return {
        status: 200,
        body: page,
        headers: {
          'content-type': 'text/html; charset=utf-8',
          // F-REGI's page runs apart from our own origin, and may send its form to F-REGI.
          'content-security-policy': "sandbox allow-forms allow-scripts; frame-ancestors 'none'",
          'set-cookie': cookieFor(backoffice, { shopId, id }),
        },
      };
    },
  });
  route(app, backoffice, {
    method: 'GET',
    url: `${CARDHOLDER}/return`,
    deed: 'public',
    summary:
      'Takes a cardholder’s browser back from F-REGI: makes Renkei look; proves nothing (Y2)',
    query: returnSchema,
    answers: { 200: told, 303: told, 410: told },
    async handle({ query, request }) {
      const named = namedBy(ownCookieIn(headersOf(request), backoffice.publicUrl, COOKIE));
      const operation = named && (await find(backoffice, named));
      if (operation === null) return plain(410, OVER);
      await backoffice.office.returned(
        operation,
        { operationId: operation.id, words: wordsOf(query) },
        backoffice.waitMs,
      );
      return backToCart((await find(backoffice, operation)) ?? operation);
    },
  });
}

/** What the browser brings; a value of another form is left out. */
const returnSchema = z.object({
  STATUS: text({ max: 200 }).optional(),
  AUTHCODE: text({ max: 200 }).optional(),
  SEQNO: text({ max: 200 }).optional(),
});

function wordsOf({
  STATUS = '',
  AUTHCODE = '',
  SEQNO = '',
}: z.output<typeof returnSchema>): GatewayWords {
  const told = [
    'browser:',
    ...(/^\d{20}$/.test(SEQNO) ? [`SEQNO=${SEQNO}`] : []),
    ...(/^[A-Za-z0-9]{1,6}$/.test(AUTHCODE) ? [`AUTHCODE=${AUTHCODE}`] : []),
  ];
  return { code: /^[A-Z]{1,10}$/.test(STATUS) ? STATUS : null, text: told.join(' ') };
}

async function find(
  { db }: Backoffice,
  { shopId, id }: Pick<Operation, 'shopId' | 'id'>,
): Promise<Operation | null> {
  return (await loadOperation(db, shopId, id))?.operation ?? null;
}

const COOKIE = 'cardholder';
/** Longer than any wait for a cardholder. */
const COOKIE_S = 60 * 60;

function cookieFor({ publicUrl }: Backoffice, { shopId, id }: Pick<Operation, 'shopId' | 'id'>) {
  return ownCookie(publicUrl, COOKIE, `${shopId}/${id}`, COOKIE_S);
}

function namedBy(kept: string | null): Pick<Operation, 'shopId' | 'id'> | null {
  const [, shopId, id] = /^(.{1,40})\/([0-9a-f-]{36})$/s.exec(kept ?? '') ?? [];
  return shopId === undefined || !z.uuid().safeParse(id).success ? null : { shopId, id: id ?? '' };
}

/** Sends the browser to the cart with the state as a hint; the cart asks the API for the order. */
function backToCart({ returnUrl, orderNumber, state }: Operation): HttpAnswer {
  if (returnUrl === null) return plain(200, DONE);
  const to = new URL(returnUrl);
  to.searchParams.set('orderNumber', orderNumber);
  to.searchParams.set('state', state);
  return { status: 303, body: '', headers: { location: to.href } };
}

function plain(status: number, body: string): HttpAnswer {
  return { status, body, headers: { 'content-type': 'text/plain; charset=utf-8' } };
}

const DONE =
  '本人認証の画面から戻りました。お店の画面で結果をご確認ください。\n' +
  'You are back from your card company. Please see the result at the shop.\n';
const OVER =
  'この本人認証は終了しています。お店の画面で結果をご確認ください。\n' +
  'This confirmation is over. Please see the result at the shop.\n';
