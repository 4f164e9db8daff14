import type { FregiGateway, WireRecord } from './gateway.ts';
import { type Html, html } from './html.ts';
import type { Transaction } from './ledger.ts';
import { MAY, type Operation, STATES, type State } from './states.ts';

export type Language = 'ja' | 'en';

const WORDS = {
  ja: {
    title: 'F-REGIサンドボックス 管理画面',
    notice: 'これはサンドボックスです。本物のカード会社とはつながっていません。',
    search: '検索',
    slip: '伝票番号・取引番号',
    shop: '店舗',
    allShops: 'すべての店舗',
    state: 'ステータス',
    allStates: 'すべて',
    transmit: '伝送を実行',
    count: '件',
    columns: ['取引番号', '伝票番号', 'ステータス', '金額', '承認番号', '承認日時', '店舗', '操作'],
    sale: '売上請求',
    authcancel: '承認取消',
    salecancel: '売上取消',
    authchange: '金額変更',
    salechange: '金額変更',
    amount: '変更後の金額',
    empty: '該当する取引はありません。',
    other: 'English',
    history: '履歴',
    wire: '通信記録（新しい順）',
    caption: '取引一覧',
  },
  en: {
    title: 'F-REGI sandbox console',
    notice: 'This is a sandbox. It is not connected to any card company.',
    search: 'Search',
    slip: 'Slip or transaction no.',
    shop: 'Shop',
    allShops: 'All shops',
    state: 'Status',
    allStates: 'All',
    transmit: 'Transmit now',
    count: ' found',
    columns: [
      'Transaction',
      'Slip',
      'Status',
      'Amount',
      'Approval',
      'Authorized',
      'Shop',
      'Actions',
    ],
    sale: 'Capture',
    authcancel: 'Void',
    salecancel: 'Refund',
    authchange: 'Change amount',
    salechange: 'Change amount',
    amount: 'New amount',
    empty: 'No transactions.',
    other: '日本語',
    history: 'History',
    wire: 'Wire log, newest first',
    caption: 'Transactions',
  },
} as const;

export type ConsoleView = {
  readonly language: Language;
  readonly shopId: string;
  readonly state: string;
  readonly q: string;
  readonly said: string;
};

const ROWS_MAX = 100;

/** The first page of the console: what a merchant sees and does at F-REGI. */
export function consolePage(gateway: FregiGateway, view: ConsoleView): Html {
  const words = WORDS[view.language];
  const found = gateway.ledger
    .list(view.shopId || undefined)
    .filter(({ state }) => view.state === '' || state === view.state)
    .filter(({ id, seqno }) => view.q === '' || id.includes(view.q) || seqno.includes(view.q));
  const rows = found.slice(0, ROWS_MAX).map((transaction) => row(transaction, view));
  const table = html`<table>
    <caption>${words.caption} <span>${found.length}${words.count}</span></caption>
    <thead><tr>${words.columns.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>
    <tbody>${rows}</tbody></table>`;
  return page(
    view,
    html`${filters(gateway, view)}
    ${view.said ? html`<p role="status" class="said">${view.said}</p>` : null}
    ${rows.length > 0 ? table : html`<p class="empty">${words.empty}</p>`}
    ${wireLog(gateway.wireLog.slice(-20).reverse(), words.wire)}`,
  );
}

function page(view: ConsoleView, content: Html): Html {
  const words = WORDS[view.language];
  const other = view.language === 'ja' ? 'en' : 'ja';
  return html`<!doctype html><html lang="${view.language}"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width">
    <title>${words.title}</title><link rel="stylesheet" href="/sandbox/console/style.css"></head>
    <body><header><h1>${words.title}</h1><p>${words.notice}</p>
    <a href="?lang=${other}">${words.other}</a></header><main>${content}</main></body></html>`;
}

function filters(gateway: FregiGateway, view: ConsoleView): Html {
  const words = WORDS[view.language];
  const shops = [...gateway.shops.values()].map(({ shopId, name }) =>
    option(shopId, `${shopId} ${name}`, view.shopId),
  );
  const states = Object.entries(STATES).map(([state, label]) => option(state, label, view.state));
  return html`<div class="bar"><form method="get"><input type="hidden" name="lang"
    value="${view.language}">
    <label>${words.slip} <input type="search" name="q" value="${view.q}"></label>
    <label>${words.shop} <select name="shop"><option value="">${words.allShops}</option>
      ${shops}</select></label>
    <label>${words.state} <select name="state"><option value="">${words.allStates}</option>
      ${states}</select></label>
    <button>${words.search}</button></form>
    <form method="post" action="/sandbox/console/transmission?lang=${view.language}">
    <button class="quiet">${words.transmit}</button></form></div>`;
}

function option(value: string, label: string, chosen: string): Html {
  return value === chosen
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;
}

function row(transaction: Transaction, view: ConsoleView): Html {
  const { seqno, id, state, amount, authCode, authorizedAt, shopId } = transaction;
  const words = WORDS[view.language];
  const history = transaction.history.map(
    ({ at, what, by }) => html`<li>${jst(at)} ${what} (${by})</li>`,
  );
  return html`<tr><th scope="row"><code>${seqno}</code></th><td><code>${id}</code></td>
    <td><span class="state ${tone(state)}">${STATES[state]}</span></td>
    <td class="yen">¥${amount.toLocaleString('en')}</td><td><code>${authCode}</code></td>
    <td>${jst(authorizedAt)}</td><td>${shopId}</td>
    <td class="actions">${actions(transaction, view)}
    <details><summary>${words.history}</summary><ol>${history}</ol></details></td></tr>`;
}

const PATHS: Record<Operation, string> = {
  sale: 'capture',
  authcancel: 'void',
  salecancel: 'refund',
  authchange: 'change_amount',
  salechange: 'change_captured_amount',
};

/** The operations that the table allows in this state; the others are not there at F-REGI either. */
function actions({ seqno, state }: Transaction, view: ConsoleView): Html[] {
  const words = WORDS[view.language];
  const allowed = (Object.keys(PATHS) as Operation[]).filter(
    (operation) => MAY[state][operation] === null,
  );
  return allowed.map((operation) => {
    const changes = operation === 'authchange' || operation === 'salechange';
    const amount = html`<input name="amount" inputmode="numeric" required pattern="[0-9]{1,7}"
      aria-label="${words.amount} ${seqno}" placeholder="¥">`;
    return html`<form method="post"
      action="/sandbox/console/${seqno}/${PATHS[operation]}?lang=${view.language}">
      ${changes ? amount : null}<button class="quiet">${words[operation]}</button></form>`;
  });
}

function tone(state: State): string {
  if (state.startsWith('captured')) return 'good';
  if (state === 'authorized') return 'held';
  return 'gone';
}

function wireLog(records: readonly WireRecord[], title: string): Html {
  const lines = records.map(
    ({ at, cgi, request, decoded, fault, tookMs }) => html`<li><b>${jst(at)} ${cgi}</b>
      ${fault === null ? null : html`<em>${fault}</em>`} <span>${tookMs} ms</span>
      <code>${request}</code><code>${decoded.trim().split('\n').join(' ⏎ ') || '—'}</code></li>`,
  );
  return html`<section><h2>${title}</h2><ol class="wire">${lines}</ol></section>`;
}

/** 2012/11/08 19:28:26 in Japan. */
function jst(at: number): string {
  const iso = new Date(at + 9 * 3_600_000).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 19)}`;
}
