import { type Html, html } from '../browser/html.ts';
import { brandOf } from '../cards.ts';
import { captureDeadline } from '../endpoints/operations.ts';
import { DRIFTS } from '../faults/drift.ts';
import type { CardTransaction } from '../ledger/entities.ts';
import { formatInstant } from '../time.ts';
import { ACTORS, deedName } from './labels.ts';
import { operationForms } from './transactions-page.ts';
import { chip, HOME, layout, press, table, type View, yen } from './view.ts';

/** 取引詳細: a transaction's data and history, and the presses that make drift. */
export function detailPage(view: View, transaction: CardTransaction): Html {
  const { words, language, gateway } = view;
  const { seqno, shopId, id, amount, authCode, authorizedAt, state, history } = transaction;
  const { pan, payMode = '00', customerId, changedFrom } = transaction;
  const happened = history.map(
    ({ at, what, by }) =>
      html`<tr><td>${formatInstant(at)}</td><td>${deedName(what, language)}</td>
        <td>${ACTORS[by][language]}</td></tr>`,
  );
  const deadline = captureDeadline(transaction, gateway.captureDays);
  const old = changedFrom === null ? null : link(changedFrom);
  return layout(
    view,
    `${words.seqno} ${seqno}`,
    html`<dl class="facts"><dt>${words.state}</dt><dd>${chip(state, language)}</dd>
    <dt>${words.id}</dt><dd>${id}</dd><dt>${words.amount}</dt><dd>${yen(amount)}</dd>
    <dt>${words.authCode}</dt><dd>${authCode}</dd>
    <dt>${words.authorizedAt}</dt><dd>${formatInstant(authorizedAt)}</dd>
    <dt>${words.deadline}</dt><dd>${formatInstant(deadline)}</dd>
    <dt>${words.shop}</dt><dd>${shopId} ${gateway.shop(shopId)?.name ?? ''}</dd>
    <dt>${words.card}</dt><dd>${pan} (${brandOf(pan).name})</dd>
    <dt>${words.payMode}</dt><dd>${payMode}</dd>
    <dt>${words.customerId}</dt><dd>${customerId ?? '—'}</dd>
    <dt>${words.changedFrom}</dt><dd>${old ?? '—'}</dd></dl>
    <div class="actions">${operationForms(transaction, view)}</div>
    <p class="hint">${words.irreversible}</p>
    ${table(view, words.history, [words.at, words.what, words.by], happened)}
    ${siblings(view, transaction)}${drifts(view, transaction)}`,
  );
}

function link(seqno: string): Html {
  return html`<a href="${HOME}/transactions/${seqno}">${seqno}</a>`;
}

/** Lists the other transactions of the slip. */
function siblings(view: View, { shopId, id, seqno }: CardTransaction): Html | null {
  const { words, language, gateway } = view;
  const others = gateway.ledger.ofSlip(shopId, id).filter((other) => other.seqno !== seqno);
  if (others.length === 0) return null;
  const rows = others.map(
    (other) => html`<tr data-row><th scope="row">${link(other.seqno)}</th>
      <td>${chip(other.state, language)}</td><td class="yen">${yen(other.amount)}</td></tr>`,
  );
  return table(view, `${words.id} ${id}`, [words.seqno, words.state, words.amount], rows);
}

function drifts({ words, language }: View, { seqno }: CardTransaction): Html {
  const presses = Object.entries(DRIFTS).map(
    ([kind, names]) => html`<li>${press(`drift/${kind}`, names[language], { seqno })}</li>`,
  );
  return html`<section><h2>${words.drift}</h2><p class="hint">${words.driftHint}</p>
    <ul class="presses">${presses}</ul></section>`;
}
