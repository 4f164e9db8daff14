import { type Html, html } from '../browser/html.ts';
import { redirect, sendPage } from '../browser/page.ts';
import { PAY_MODES, statusOf, type Way, waysOf } from '../endpoints/redirect-ways.ts';
import type { FregiGateway } from '../gateway.ts';
import type { Issue } from '../ledger/entities.ts';
import { PASSWORD, type SandboxShop } from '../shops.ts';
import { formatInstant } from '../time.ts';
import type { Visit } from '../visit.ts';
import { type Parameters, parseParameters } from '../wire/form.ts';
import { paymentPageChecksum } from './checksum.ts';
import { breakOff, cancelByCustomer, payByCard, payOtherwise } from './pay.ts';
import { returnTo } from './return.ts';

/**
 * お支払い方法選択画面, under /user/ and /usertest/ (protocol §3, §10). The address carries SHOPID, SETTLENO
 * and CHECKSUM. These three are inferred; the look of the page is invented.
 */
export async function answerPaymentPage(visit: Visit): Promise<void> {
  const { gateway, url, body, request, response } = visit;
  const posted = request.method === 'POST' ? body.toString('latin1') : '';
  const asked = parseParameters([url.search.slice(1), posted].filter(Boolean).join('&'));
  const found = findIssue(gateway, asked);
  if (found === null) {
    return sendPage(
      response,
      'お支払い',
      html`<p class="wrong">お支払い情報が正しくありません。
      ショップのページからやり直してください。</p>`,
      400,
    );
  }
  const { shop, issue } = found;
  const status = statusOf(issue, gateway.ledger, gateway.now());
  if (status !== '1' && status !== '3') return sendClosed(visit, shop, issue);
  if (issue.status === 'issued') {
    await gateway.record([{ kind: 'issue_put', issue: { ...issue, status: 'begun' } }]);
    // The record took time, so look again: from here on nothing waits until the issue is paid.
    return answerPaymentPage(visit);
  }
  const action = asked.get('action');
  if (request.method !== 'POST' || action === undefined)
    return sendForm(visit, shop, issue, asked, null);
  if (action === 'cancel') {
    await cancelByCustomer(gateway, issue);
    return leave(visit, shop, issue, 'CANCEL');
  }
  const way = waysOf(issue).find(({ types }) => types.some(([type]) => type === action));
  if (way === undefined) return sendForm(visit, shop, issue, asked, '決済方法を選択してください。');
  if (way.group !== '10') {
    return leave(visit, shop, await payOtherwise(gateway, issue, action), 'OK');
  }
  return payAndLeave(visit, shop, issue, asked);
}

async function payAndLeave(
  visit: Visit,
  shop: SandboxShop,
  issue: Issue,
  asked: Parameters,
): Promise<void> {
  const { gateway, response, url } = visit;
  const paid = await payByCard(gateway, issue, asked, url.origin);
  if ('challenge' in paid) return void redirect(response, paid.challenge);
  if ('paid' in paid) return leave(visit, shop, paid.paid, 'OK');
  if (!paid.isOver) return sendForm(visit, shop, paid.issue, asked, paid.error);
  await breakOff(gateway, paid.issue);
  return leave(visit, shop, paid.issue, 'NG');
}

/** Finds the issue that an address names, if its checksum is right. */
function findIssue(
  gateway: FregiGateway,
  asked: Parameters,
): { readonly shop: SandboxShop; readonly issue: Issue } | null {
  const shop = gateway.shop(asked.get('SHOPID') ?? '');
  const issue = gateway.ledger.issues.get(asked.get('SETTLENO') ?? '');
  if (shop === null || issue?.shopId !== shop.shopId) return null;
  const { settleno, id, shopId } = issue;
  const wanted = paymentPageChecksum(shopId, shop.password ?? PASSWORD, settleno, id);
  return asked.get('CHECKSUM') === wanted ? { shop, issue } : null;
}

function leave(
  visit: Visit,
  shop: SandboxShop,
  issue: Issue,
  status: 'OK' | 'NG' | 'CANCEL',
): void {
  const agent = visit.request.headers['user-agent'] ?? '';
  const location = returnTo(shop, issue, status, agent);
  if (location !== null) return void redirect(visit.response, location);
  const said = {
    OK: 'お支払いが完了しました。',
    NG: 'お支払いが中断されました。',
    CANCEL: 'お支払いを中止しました。',
  };
  sendPage(
    visit.response,
    'お支払い',
    html`<p class="fine">${said[status]}</p>
    <p class="hint">この店舗には戻り先URL（returnUrl）が設定されていません。</p>`,
  );
}

function sendClosed({ response }: Visit, shop: SandboxShop, issue: Issue): void {
  const said =
    issue.status === 'completed'
      ? 'お支払いは完了しています。'
      : 'このお支払いは受け付けを終了しました。';
  sendPage(response, 'お支払い', html`<p class="wrong">${said}</p>${summary(shop, issue)}`);
}

function summary(shop: SandboxShop, { id, amount, title, expiresAt }: Issue): Html {
  return html`<dl><dt>ショップ</dt><dd>${shop.name}</dd><dt>商品</dt><dd>${title}</dd>
    <dt>伝票番号</dt><dd>${id}</dd><dt>お支払い期限</dt><dd>${formatInstant(expiresAt)}</dd>
    <dt>お支払い金額</dt><dd class="total">${amount.toLocaleString('en')}円</dd></dl>`;
}

function sendForm(
  { response, url }: Visit,
  shop: SandboxShop,
  issue: Issue,
  asked: Parameters,
  wrong: string | null,
): void {
  const ways = waysOf(issue);
  const chosen = asked.get('action');
  const hidden = ['SHOPID', 'SETTLENO', 'CHECKSUM'].map(
    (name) => html`<input type="hidden" name="${name}" value="${asked.get(name) ?? ''}">`,
  );
  sendPage(
    response,
    'お支払い方法の選択',
    html`${wrong === null ? null : html`<p class="wrong" role="alert">${wrong}</p>`}
    ${summary(shop, issue)}
    <form method="post" action="${url.pathname}">${hidden}
      <fieldset><legend>お支払い方法</legend>${ways.flatMap((way) => choicesOf(way, chosen))}</fieldset>
      ${ways.some(({ group }) => group === '10') ? cardFields(issue) : null}
      <button>支払う</button></form>
    <form method="post" action="${url.pathname}">${hidden}
      <button class="quiet" name="action" value="cancel">中止してショップに戻る</button></form>`,
  );
}

function choicesOf({ types }: Way, chosen: string | undefined): Html[] {
  return types.map(([type, name]) => {
    const isChosen = (chosen ?? '11') === type;
    const input = isChosen
      ? html`<input type="radio" name="action" value="${type}" required checked>`
      : html`<input type="radio" name="action" value="${type}" required>`;
    return html`<label class="choice">${input} ${name}</label>`;
  });
}

function cardFields(issue: Issue): Html {
  const modes = issue.payModes.length > 0 ? issue.payModes : Object.keys(PAY_MODES);
  const options = modes.map(
    (mode) => html`<option value="${mode}">${PAY_MODES[mode] ?? mode}</option>`,
  );
  const keeps = html`<label class="choice"><input type="checkbox" name="register" value="1">
    カードを登録する</label>`;
  return html`<fieldset><legend>カード情報（クレジットカードの場合）</legend>
    <label>カード番号 <input name="pan" inputmode="numeric" autocomplete="off" maxlength="19"></label>
    <div class="pair"><label>有効期限（月）<input name="month" inputmode="numeric" maxlength="2"
      placeholder="MM"></label>
    <label>有効期限（年）<input name="year" inputmode="numeric" maxlength="2" placeholder="YY"></label>
    <label>セキュリティコード <input name="scode" inputmode="numeric" maxlength="4"></label></div>
    <label>カード名義 <input name="cardname" autocomplete="off" maxlength="45"></label>
    <label>支払回数 <select name="mode">${options}</select></label>
    ${issue.userId !== null && !issue.autoRegister ? keeps : null}
    <p class="hint">テストカード 4980 1111 1111 1111、セキュリティコード 111</p></fieldset>`;
}
