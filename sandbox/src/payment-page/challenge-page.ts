import { type Html, html } from '../browser/html.ts';
import { redirect, sendPage } from '../browser/page.ts';
import { decideAuthorization } from '../endpoints/authorize.ts';
import { statusOf } from '../endpoints/redirect-ways.ts';
import type { FregiGateway } from '../gateway.ts';
import type { Challenge, Issue } from '../ledger/entities.ts';
import type { LedgerEvent } from '../ledger/events.ts';
import { PASSWORD, type SandboxShop } from '../shops.ts';
import type { Visit } from '../visit.ts';
import { encodeForm } from '../wire/euc.ts';
import { parseParameters } from '../wire/form.ts';
import { paymentPageChecksum } from './checksum.ts';
import { breakOff, payAfterChallenge } from './pay.ts';
import { returnTo, withQuery } from './return.ts';

/**
 * The 3-D Secure page, as the card's issuer has it (protocol §7). The holder confirms by a press.
 * Afterwards the browser goes to the shop with STATUS, AUTHCODE and SEQNO.
 */
const TITLE = '本人認証（3Dセキュア）';

export async function answerChallenge(visit: Visit): Promise<void> {
  const { gateway, path, body, request, response } = visit;
  const challenge = gateway.ledger.challenges.get(path[2] ?? '');
  const shop = challenge === undefined ? null : gateway.shop(challenge.authorization.shopId);
  if (challenge === undefined || shop === null || challenge.expiresAt < gateway.now()) {
    const said = html`<p class="wrong" role="alert">この本人認証は終了しています。</p>`;
    return sendPage(response, TITLE, said, 410);
  }
  if (request.method !== 'POST') return sendPage(response, TITLE, form(challenge, shop));
  const passes = parseParameters(body.toString('latin1')).get('action') === 'pass';
  const issue = gateway.ledger.issues.get(challenge.settleno ?? '');
  const next =
    issue === undefined
      ? await settleAuthm(gateway, challenge, shop, passes)
      : await settleIssue(visit, challenge, issue, shop, passes);
  if (typeof next === 'string') return redirect(response, next);
  sendPage(response, TITLE, next);
}

function form({ authorization }: Challenge, shop: SandboxShop): Html {
  const { amount, pan } = authorization;
  return html`<p>カード会社による本人認証です。本物ではパスワードなどを入力します。</p>
    <dl><dt>ショップ</dt><dd>${shop.name}</dd><dt>カード番号</dt><dd>${pan}</dd>
    <dt>金額</dt><dd class="total">${amount.toLocaleString('en')}円</dd></dl>
    <form method="post"><button name="action" value="pass">認証に成功する</button>
    <button class="quiet" name="action" value="fail">認証に失敗する</button></form>`;
}

/**
 * Settles an authorization that authm had begun; resolves to the browser's next address or page.
 */
async function settleAuthm(
  gateway: FregiGateway,
  { key, authorization }: Challenge,
  shop: SandboxShop,
  passes: boolean,
): Promise<string | Html> {
  const closed: LedgerEvent = { kind: 'challenge_closed', key };
  const situation = gateway.situation({ shopId: shop.shopId, by: 'customer' });
  if (!passes || situation === null) {
    await gateway.record([closed]);
    return backToShop(shop, { STATUS: 'NG', AUTHCODE: '', SEQNO: '' });
  }
  const decided = decideAuthorization(authorization, situation);
  const events = [closed, ...decided.events];
  await gateway.settle({ lines: [], events, notices: decided.notices }, shop.shopId);
  const { authCode, seqno } = decided.transaction;
  if (decided.error !== null) return backToShop(shop, { STATUS: 'NG', AUTHCODE: '', SEQNO: '' });
  return backToShop(shop, { STATUS: 'OK', AUTHCODE: authCode, SEQNO: seqno });
}

function backToShop(shop: SandboxShop, values: Readonly<Record<string, string>>): string | Html {
  const query = encodeForm(values);
  if (shop.challengeReturnUrl !== undefined) return withQuery(shop.challengeReturnUrl, query);
  const { STATUS = '' } = values;
  return html`<p class="${STATUS === 'OK' ? 'fine' : 'wrong'}">STATUS=${STATUS}</p>
    <p class="hint">この店舗には3Dセキュアの戻り先URL（challengeReturnUrl）が設定されていません。
    設定すると、次の値を付けて戻ります。</p><pre>?${query}</pre>`;
}

/** Settles the payment page's: paid and back to the shop, or back to the page for another card. */
async function settleIssue(
  { gateway, request }: Visit,
  challenge: Challenge,
  issue: Issue,
  shop: SandboxShop,
  passes: boolean,
): Promise<string | Html> {
  const agent = request.headers['user-agent'] ?? '';
  const status = statusOf(issue, gateway.ledger, gateway.now());
  if (status !== '1' && status !== '3') {
    await gateway.record([{ kind: 'challenge_closed', key: challenge.key }]);
    return html`<p class="wrong" role="alert">このお支払いは受け付けを終了しました。</p>`;
  }
  if (!passes) await gateway.record([{ kind: 'challenge_closed', key: challenge.key }]);
  const paid = passes ? await payAfterChallenge(gateway, challenge, issue) : null;
  if (paid !== null && 'paid' in paid) {
    const done = html`<p class="fine">お支払いが完了しました。</p>`;
    return returnTo(shop, paid.paid, 'OK', agent) ?? done;
  }
  if (paid !== null && 'isOver' in paid && paid.isOver) {
    await breakOff(gateway, paid.issue);
    return returnTo(shop, paid.issue, 'NG', agent) ?? html`<p class="wrong">${paid.error}</p>`;
  }
  const { shopId, settleno, id } = issue;
  const CHECKSUM = paymentPageChecksum(shopId, shop.password ?? PASSWORD, settleno, id);
  return `/usertest/?${encodeForm({ SHOPID: shopId, SETTLENO: settleno, CHECKSUM })}`;
}
