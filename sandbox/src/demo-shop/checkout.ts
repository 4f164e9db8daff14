import { type Html, html } from '../browser/html.ts';

/** The checkout of the demo shop, written like a page for the real F-REGI, except the address. */
export function checkoutPage(shopId: string, origin: string): Html {
  return html`<!doctype html><html lang="ja"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>デモショップ — F-REGIサンドボックス</title>
    <link rel="stylesheet" href="/sandbox/customer.css">
    <script src="${origin}/tokentest/static/base.js"></script>
    <script src="/sandbox/shop/checkout.js" defer></script></head><body>
    <header><strong>サンドボックス</strong> <span>トークン決済のデモです。実際の請求はありません。</span></header>
    <main><h1>お支払い</h1>
    <dl><dt>商品</dt><dd>便箋セット</dd><dt>金額</dt><dd class="total">5,000円</dd></dl>
    <p id="wrong" class="wrong" role="alert" hidden></p>
    <form id="card" data-shop="${shopId}">
    <label>カード番号 <input id="pan" inputmode="numeric" autocomplete="off" required
      value="4980111111111111"></label>
    <div class="pair"><label>有効期限（月）<input id="month" required value="12" maxlength="2"></label>
    <label>有効期限（年）<input id="year" required value="39" maxlength="2"></label>
    <label>セキュリティコード <input id="scode" required value="111" maxlength="4"></label></div>
    <label>カード名義 <input id="cardname" required value="TARO YAMADA"></label>
    <button>カードで支払う</button></form>
    <p class="hint">末尾を 1133 にすると本人認証（3Dセキュア）に進みます。カード番号はショップの
    サーバーに送られません。</p>
    <form id="pay" method="post" action="/sandbox/shop/pay">
    <input type="hidden" name="token"></form>
    <form method="post" action="/sandbox/shop/redirect">
    <button class="quiet">お支払い方法選択画面（リダイレクト決済）で支払う</button></form>
    </main></body></html>`;
}

/** The shop's own script: sends a token instead of the card, then the shop's form. */
export const CHECKOUT_SCRIPT = `'use strict';
function value(id) {
  return document.getElementById(id).value;
}

function onToken(said) {
  if (said.result !== '000') {
    var wrong = document.getElementById('wrong');
    wrong.hidden = false;
    wrong.textContent = 'カード情報をご確認ください。(' + said.result + ')';
    return;
  }
  var form = document.getElementById('pay');
  form.elements.token.value = said.cardobject.token;
  form.submit();
}

document.getElementById('card').addEventListener('submit', function (event) {
  event.preventDefault();
  FRToken.getToken(event.target.dataset.shop, '', {
    pan: value('pan'),
    expiry_mm: value('month'),
    expiry_yy: value('year'),
    cardname: value('cardname'),
    scode: value('scode'),
  }, onToken);
});
`;
