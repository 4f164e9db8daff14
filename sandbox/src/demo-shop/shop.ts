import { html } from '../browser/html.ts';
import { redirect, sendPage } from '../browser/page.ts';
import { paymentPageChecksum } from '../payment-page/checksum.ts';
import { PASSWORD } from '../shops.ts';
import type { Visit } from '../visit.ts';
import { encodeForm, percentEncode } from '../wire/euc.ts';
import { parseParameters } from '../wire/form.ts';
import { CHECKOUT_SCRIPT, checkoutPage } from './checkout.ts';

/**
 * A shop of one page, under /sandbox/shop. It shows how a checkout pays by token, with 3-D Secure,
 * and by the payment page. For F-REGI it is a client like any other: it speaks over HTTP.
 */
export async function answerShop(visit: Visit): Promise<void> {
  const { gateway, path, request, response, url } = visit;
  const shop = gateway.listShops()[0];
  if (shop === undefined)
    return sendPage(response, 'デモショップ', html`<p>店舗がありません。</p>`, 404);
  const at = path[2] ?? '';
  if (at === 'checkout.js') {
    response.writeHead(200, { 'content-type': 'text/javascript; charset=utf-8', 'x-sandbox': '1' });
    return void response.end(CHECKOUT_SCRIPT);
  }
  if (request.method === 'POST' && at === 'pay') return payByToken(visit, shop.shopId);
  if (request.method === 'POST' && at === 'redirect') return payByRedirect(visit, shop.shopId);
  if (at === 'return') return sendResult(visit);
  response.writeHead(200, {
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy': "default-src 'self'; frame-ancestors 'none'",
    'x-sandbox': '1',
  });
  response.end(checkoutPage(shop.shopId, url.origin).text);
}

const AMOUNT = '5000';

/** The shop's server: calls authm with the token and sends a challenge on to the browser. */
async function payByToken(visit: Visit, shopId: string): Promise<void> {
  const { gateway, body, response, url } = visit;
  const home = `${url.origin}/sandbox/shop/return`;
  if (gateway.shop(shopId)?.challengeReturnUrl !== home) {
    await gateway.changeShop(shopId, { challengeReturnUrl: home });
  }
  const TOKEN = parseParameters(body.toString('latin1')).get('token') ?? '';
  const asked = { SHOPID: shopId, PAY: AMOUNT, ID: slip(visit), TOKEN, CHARCODE: 'utf8' };
  const bytes = await ask(url, 'authm.cgi', asked);
  const [first = '', second = '', third = ''] = new TextDecoder('euc-jp').decode(bytes).split('\n');
  if (first === 'OUTPUT') {
    response.writeHead(200, { 'content-type': 'text/html; charset=EUC-JP', 'x-sandbox': '1' });
    return void response.end(bytes.subarray(bytes.indexOf(0x0a) + 1));
  }
  const told = first === 'OK' ? { AUTHCODE: second, SEQNO: third } : { MESSAGE: second };
  const query = new URLSearchParams({ STATUS: first, ...told });
  return redirect(response, `/sandbox/shop/return?${query}`);
}

/** The shop's server: issues a payment and sends the browser to the payment page. */
async function payByRedirect(visit: Visit, shopId: string): Promise<void> {
  const { gateway, response, url } = visit;
  const home = `${url.origin}/sandbox/shop/return`;
  if (gateway.shop(shopId)?.returnUrl !== home)
    await gateway.changeShop(shopId, { returnUrl: home });
  const ID = slip(visit);
  const bytes = await ask(url, 'compsettleapply.cgi', { SHOPID: shopId, PAY: AMOUNT, ID });
  const [, SETTLENO = ''] = bytes.toString('latin1').split('\n');
  const password = gateway.shop(shopId)?.password ?? PASSWORD;
  const CHECKSUM = paymentPageChecksum(shopId, password, SETTLENO, ID);
  return redirect(response, `/usertest/?${encodeForm({ SHOPID: shopId, SETTLENO, CHECKSUM })}`);
}

function slip({ gateway }: Visit): string {
  return `DEMO-${gateway.numbers.key(10)}`;
}

async function ask(
  url: URL,
  cgi: string,
  values: Readonly<Record<string, string>>,
): Promise<Buffer> {
  const body = Object.entries(values)
    .map(([name, value]) => `${name}=${percentEncode(Buffer.from(value))}`)
    .join('&');
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  // Calls itself by loopback: the browser's name for it may be unknown here.
  const port = url.port === '' ? '80' : url.port;
  const local = `http://${url.hostname === 'localhost' ? '127.0.0.1' : url.hostname}:${port}`;
  const answer = await fetch(`${local}/connecttest/${cgi}`, { method: 'POST', body, headers });
  return Buffer.from(await answer.arrayBuffer());
}

function sendResult({ url, response }: Visit): void {
  const told = [...url.searchParams].map(
    ([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`,
  );
  const isPaid = url.searchParams.get('STATUS') === 'OK';
  const said = isPaid ? 'ご注文ありがとうございました。' : 'お支払いは完了していません。';
  sendPage(
    response,
    'デモショップ',
    html`<p class="${isPaid ? 'fine' : 'wrong'}" role="status">${said}</p><dl>${told}</dl>
    <p><a href="/sandbox/shop">もう一度</a>　<a href="/sandbox/console">管理画面</a></p>`,
  );
}
