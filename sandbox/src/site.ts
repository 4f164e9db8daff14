import type { IncomingMessage, ServerResponse } from 'node:http';
import { answerApi } from './api/api.ts';
import { CUSTOMER_STYLE } from './browser/page.ts';
import { answerToken } from './browser/token.ts';
import { answerConsole } from './console/console.ts';
import { answerShop } from './demo-shop/shop.ts';
import type { FregiGateway } from './gateway.ts';
import { answerChallenge } from './payment-page/challenge-page.ts';
import { answerPaymentPage } from './payment-page/payment-page.ts';
import { answerRegistration } from './payment-page/registration-page.ts';
import { answerStoreSlip } from './payment-page/store-slip-page.ts';
import type { Visit } from './visit.ts';
import { connect } from './wire/connect.ts';
import { BadRequest, FORM_BYTES_MAX } from './wire/form.ts';
import { originOf } from './wire/origin.ts';
import { isSameOrigin } from './wire/same-origin.ts';

const BODY_BYTES_MAX = 64 * 1024 * 1024;

/** Answers every address. */
export async function answer(
  gateway: FregiGateway,
  latencyMs: number,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const address = request.url ?? '/';
  const [, area = '', cgi = '', form = ''] =
    /^\/(connect|connecttest)\/([^?]*)\??(.*)$/s.exec(address) ?? [];
  if (area === '') return visit(gateway, request, response);
  const isGet = request.method === 'GET';
  if (!isGet && request.method !== 'POST')
    throw new BadRequest({ en: 'GET or POST is wanted', ja: 'GETまたはPOSTで送信してください' });
  const type = request.headers['content-type'] ?? '';
  const body = await readBody(request, FORM_BYTES_MAX);
  if (type.startsWith('multipart/'))
    throw new BadRequest({ en: 'multipart is not accepted', ja: 'multipart は受け付けません' });
  if (latencyMs > 0) await new Promise((resolve) => setTimeout(resolve, latencyMs));
  const asked = { area, cgi, form: isGet ? form : body.toString('latin1') };
  return connect(gateway, asked, request, response);
}

/** Answers every request of a browser or of the sandbox's own programs. */
async function visit(
  gateway: FregiGateway,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = URL.parse(request.url ?? '/', originOf(request));
  if (url === null)
    throw new BadRequest({ en: 'the address is malformed', ja: 'URLの形式が正しくありません' });
  const body = await readBody(request, BODY_BYTES_MAX);
  const path = url.pathname.split('/').filter(Boolean);
  const [area = '', part = ''] = path;
  const at: Visit = { gateway, url, path, body, request, response };
  if (area === 'sandbox') {
    if (request.method !== 'GET' && !isSameOrigin(request)) {
      response.writeHead(403, { 'content-type': 'text/plain', 'x-sandbox': '1' });
      return void response.end('another site may not do this');
    }
    const answers = Object.hasOwn(PAGES, part) ? PAGES[part] : undefined;
    if (answers !== undefined) return answers(at);
  }
  const answers = OF_FREGI.find(([prefix]) => url.pathname.startsWith(prefix))?.[1];
  if (answers !== undefined) return answers(at);
  response.writeHead(302, { location: '/sandbox/console' });
  response.end();
}

type Answers = (visit: Visit) => Promise<void> | void;

/** Under /sandbox/: the sandbox's own. */
const PAGES: Readonly<Record<string, Answers>> = {
  v1: answerApi,
  console: answerConsole,
  '3ds': answerChallenge,
  slip: answerStoreSlip,
  shop: answerShop,
  'customer.css': ({ response }) => {
    response.writeHead(200, { 'content-type': 'text/css; charset=utf-8', 'x-sandbox': '1' });
    response.end(CUSTOMER_STYLE);
  },
};

/** F-REGI's paths on other hosts (protocol §3). */
const OF_FREGI: readonly (readonly [prefix: string, answers: Answers])[] = [
  ['/token/', answerToken],
  ['/tokentest/', answerToken],
  ['/user/', answerPaymentPage],
  ['/usertest/', answerPaymentPage],
  ['/pay/usermypage/', answerRegistration],
  ['/paytest/usermypage/', answerRegistration],
];

function readBody(request: IncomingMessage, bytesMax: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    request.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= bytesMax) chunks.push(chunk);
      else reject(new BadRequest({ en: 'the request is too long', ja: 'リクエストが長すぎます' }));
    });
    request.on('error', reject);
    request.on('end', () => resolve(Buffer.concat(chunks)));
  });
}
