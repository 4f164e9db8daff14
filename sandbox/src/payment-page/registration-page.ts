import { type Html, html } from '../browser/html.ts';
import { sendPage } from '../browser/page.ts';
import { isTestCard, maskPan } from '../cards.ts';
import { readExpiry } from '../endpoints/card.ts';
import type { FregiGateway } from '../gateway.ts';
import type { RegisteredCustomer } from '../ledger/entities.ts';
import { PASSWORD, type SandboxShop } from '../shops.ts';
import type { Visit } from '../visit.ts';
import { type Parameters, parseParameters } from '../wire/form.ts';
import { registrationChecksum } from './checksum.ts';

/**
 * カード登録内容確認画面, under /pay/usermypage/ and /paytest/usermypage/ (protocol §3, §9): shows the card of
 * a user and takes another. It is inferred that the 顧客番号 is the USERID; the page is invented.
 */
const TITLE = 'カード登録内容の確認';

export async function answerRegistration(visit: Visit): Promise<void> {
  const { gateway, url, body, request, response } = visit;
  const posted = request.method === 'POST' ? body.toString('latin1') : '';
  const asked = parseParameters([url.search.slice(1), posted].filter(Boolean).join('&'));
  const shop = gateway.shop(asked.get('SHOPID') ?? '');
  const userId = asked.get('USERID') ?? '';
  const isRight =
    shop !== null &&
    /^[A-Za-z0-9-]{1,16}$/.test(userId) &&
    asked.get('CHECKSUM') === registrationChecksum(shop.shopId, shop.password ?? PASSWORD, userId);
  if (!isRight) {
    const said = html`<p class="wrong" role="alert">URLが正しくありません。</p>`;
    return sendPage(response, TITLE, said, 400);
  }
  const wrong = request.method === 'POST' ? await register(gateway, shop, userId, asked) : null;
  const customer = gateway.ledger.customer(shop.shopId, userId);
  sendPage(response, TITLE, page(customer, userId, wrong, asked, url));
}

/** Registers the typed card; resolves to its mistake, otherwise null. */
async function register(
  gateway: FregiGateway,
  { shopId }: SandboxShop,
  userId: string,
  asked: Parameters,
): Promise<string | null> {
  const pan = (asked.get('pan') ?? '').replace(/[ -]/g, '');
  if (!isTestCard(pan)) return 'カード番号が正しくありません';
  const typed = { month: asked.get('month') || null, year: asked.get('year') || null };
  const expiry = readExpiry(typed, gateway.now(), { name: '', code: '' });
  if (typeof expiry !== 'string') return expiry.wrong.text.replace(/^時の/, '');
  const registeredAt = gateway.now();
  const customer: RegisteredCustomer = {
    shopId,
    customerId: userId,
    pan: maskPan(pan),
    expiry,
    mode: 'at_will',
    registeredAt,
  };
  await gateway.record([{ kind: 'customer_registered', customer }]);
  return null;
}

function page(
  customer: RegisteredCustomer | null,
  userId: string,
  wrong: string | null,
  asked: Parameters,
  url: URL,
): Html {
  const hidden = ['SHOPID', 'USERID', 'CHECKSUM'].map(
    (name) => html`<input type="hidden" name="${name}" value="${asked.get(name) ?? ''}">`,
  );
  const card =
    customer === null ? '登録されていません' : `${customer.pan}　${customer.expiry ?? ''}`;
  return html`${wrong === null ? null : html`<p class="wrong" role="alert">${wrong}</p>`}
    <dl><dt>ユーザーID</dt><dd>${userId}</dd><dt>登録カード</dt><dd>${card}</dd></dl>
    <form method="post" action="${url.pathname}">${hidden}
    <label>カード番号 <input name="pan" inputmode="numeric" autocomplete="off" required></label>
    <div class="pair"><label>有効期限（月）<input name="month" maxlength="2" required></label>
    <label>有効期限（年）<input name="year" maxlength="2" required></label></div>
    <button>このカードを登録する</button></form>`;
}
