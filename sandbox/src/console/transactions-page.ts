import { type Html, html } from '../browser/html.ts';
import type { CardTransaction } from '../ledger/entities.ts';
import { type CgiOperation, type LedgerState, MAY, STATES } from '../ledger/states.ts';
import { formatInstant } from '../time.ts';
import {
  askedPress,
  chip,
  HOME,
  isSeen,
  layout,
  option,
  shopsOf,
  stateName,
  table,
  type View,
  yen,
} from './view.ts';

const ROWS_MAX = 100;

/** 取引検索: a merchant's view and operations at F-REGI. */
export function transactionsPage(view: View): Html {
  const { words } = view;
  const found = findTransactions(view);
  const rows = found.slice(0, ROWS_MAX).map((transaction) => row(transaction, view));
  const columns = [
    words.seqno,
    words.id,
    words.state,
    words.amount,
    words.authCode,
    words.authorizedAt,
    words.shop,
    words.actions,
  ];
  return layout(
    view,
    words.transactions,
    html`${filters(view)}${table(view, words.transactions, columns, rows)}
    ${found.length > ROWS_MAX ? html`<p>${found.length}${words.count}。${words.more}</p>` : null}`,
  );
}

/** Searches by shop, state, and any part of a number. */
export function findTransactions(view: View): CardTransaction[] {
  const asked = (name: string) => (view.query.get(name) ?? '').trim();
  const [shopId, state, q] = [asked('shop'), asked('state'), asked('q')];
  return view.gateway.ledger
    .list(view.signedIn ?? (shopId || undefined))
    .filter(isSeen(view))
    .filter((found) => state === '' || found.state === state)
    .filter(({ id, seqno }) => q === '' || id.includes(q) || seqno.includes(q));
}

function filters(view: View): Html {
  const { words, language, query } = view;
  const asked = (name: string) => query.get(name) ?? '';
  const shops = shopsOf(view).map(({ shopId, name }) =>
    option(shopId, `${shopId} ${name}`, asked('shop')),
  );
  const states = (Object.keys(STATES) as LedgerState[]).map((state) =>
    option(state, stateName(state, language), asked('state')),
  );
  const file = new URLSearchParams({ q: asked('q'), shop: asked('shop'), state: asked('state') });
  return html`<div class="bar"><form method="get" action="${HOME}" role="search">
    <label>${words.slip} <input type="search" name="q" id="search" value="${asked('q')}"></label>
    <label>${words.shop} <select name="shop"><option value="">${words.allShops}</option>
      ${shops}</select></label>
    <label>${words.state} <select name="state"><option value="">${words.allStates}</option>
      ${states}</select></label>
    <button>${words.search}</button></form>
    <div class="side">
    <a class="button" href="${HOME}/transactions.csv?${file.toString()}">${words.csv}</a>
    <form method="post" action="${HOME}/transmission">
    <button class="quiet">${words.transmit}</button></form>
    </div></div>`;
}

function row(transaction: CardTransaction, view: View): Html {
  const { seqno, id, state, amount, authCode, authorizedAt, shopId } = transaction;
  return html`<tr data-row><th scope="row"><a href="${HOME}/transactions/${seqno}">${seqno}</a></th>
    <td><code>${id}</code></td><td>${chip(state, view.language)}</td>
    <td class="yen">${yen(amount)}</td><td><code>${authCode}</code></td>
    <td>${formatInstant(authorizedAt)}</td><td>${shopId}</td>
    <td class="actions">${operationForms(transaction, view)}</td></tr>`;
}

const PATHS: Record<CgiOperation, string> = {
  sale: 'capture',
  authcancel: 'void',
  salecancel: 'refund',
  authchange: 'change_amount',
  salechange: 'change_captured_amount',
};

const FINAL: readonly CgiOperation[] = ['authcancel', 'salecancel'];

/** Shows the operations that the table allows in this state; F-REGI also hides the rest. */
export function operationForms({ seqno, state }: CardTransaction, view: View): Html[] {
  const { words } = view;
  const allowed = (Object.keys(PATHS) as CgiOperation[]).filter(
    (operation) => MAY[state][operation] === null,
  );
  return allowed.map((operation) => {
    const path = `${seqno}/${PATHS[operation]}`;
    if (FINAL.includes(operation)) return askedPress(view, path, words[operation]);
    const changes = operation === 'authchange' || operation === 'salechange';
    const amount = html`<input name="amount" inputmode="numeric" required pattern="[0-9]{1,7}"
      aria-label="${words.newAmount} ${seqno}" placeholder="¥">`;
    return html`<form method="post" action="${HOME}/${path}">
      ${changes ? amount : null}<button class="quiet">${words[operation]}</button></form>`;
  });
}
