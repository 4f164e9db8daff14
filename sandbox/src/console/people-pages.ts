import { type Html, html } from '../browser/html.ts';
import { ISSUE_STATUS, statusOf } from '../endpoints/redirect-ways.ts';
import { STORES } from '../endpoints/store-slip.ts';
import type { Issue, StoreSlip } from '../ledger/entities.ts';
import { formatDay, formatInstant } from '../time.ts';
import { NOTICES } from './labels.ts';
import {
  askedPress,
  HOME,
  isSeen,
  layout,
  option,
  press,
  shopsOf,
  table,
  type View,
  yen,
} from './view.ts';

/** 月次課金サービス: registered customers, and charging one or many of them. */
export function customersPage(view: View): Html {
  const { words, gateway } = view;
  const customers = [...gateway.ledger.customers.values()].filter(isSeen(view)).reverse();
  const rows = customers.map(
    ({ shopId, customerId, pan, expiry, mode = 'at_will', registeredAt }) => {
      const names = { shopId, customerId };
      return html`<tr data-row><th scope="row">${customerId}</th>
        <td>${shopId}</td><td>${words[mode]}</td>
      <td>${pan}</td><td>${expiry ?? '—'}</td>
      <td>${registeredAt === undefined ? '—' : formatInstant(registeredAt)}</td>
      <td class="actions"><form method="post" action="${HOME}/charge">
      <input type="hidden" name="shopId" value="${shopId}">
      <input type="hidden" name="customerId" value="${customerId}">
      <input name="amount" inputmode="numeric" required pattern="[0-9]{1,7}" placeholder="¥"
        aria-label="${words.amount} ${customerId}">
      <button class="quiet">${words.charge}</button></form>
      ${askedPress(view, 'leave-customer', words.leave, names)}</td></tr>`;
    },
  );
  const columns = [
    words.customerId,
    words.shop,
    words.mode,
    words.card,
    words.expiry,
    words.registeredAt,
    words.actions,
  ];
  const shops = shopsOf(view).map(({ shopId, name }) => option(shopId, `${shopId} ${name}`, ''));
  return layout(
    view,
    words.customers,
    html`${table(view, words.customers, columns, rows)}
    <section><h2>${words.chargeMany}</h2>
    <form method="post" action="${HOME}/charge-many" class="tall">
    <label>${words.shop} <select name="shopId">${shops}</select></label>
    <label>${words.csvHint} <textarea name="csv" rows="5" required
      placeholder=",CUSTOMER-1,5000,2026/05/01"></textarea></label>
    <button>${words.chargeMany}</button></form></section>`,
  );
}

/** リダイレクト決済 and コンビニ決済: the issues and slips, with their states. */
export function issuesPage(view: View): Html {
  const { words, gateway } = view;
  const issues = [...gateway.ledger.issues.values()].filter(isSeen(view)).reverse();
  const slips = [...gateway.ledger.slips.values()].filter(isSeen(view)).reverse();
  const columns = [words.settleno, words.id, words.state, words.amount, words.expiresAt];
  return layout(
    view,
    words.issues,
    html`${table(
      view,
      words.issues,
      [...columns, words.payType, words.seqno, words.shop, words.actions],
      issues.map((issue) => issueRow(issue, view)),
    )}
    ${table(
      view,
      words.slips,
      [
        words.seqno,
        words.id,
        words.number,
        words.payType,
        words.amount,
        words.expiresAt,
        words.actions,
      ],
      slips.map((slip) => slipRow(slip, view)),
    )}`,
  );
}

function issueRow(issue: Issue, view: View): Html {
  const { words, language, gateway } = view;
  const { settleno, id, amount, expiresAt, payType, seqno, shopId } = issue;
  const status = statusOf(issue, gateway.ledger, gateway.now());
  const isOpen = status === '1' || status === '3';
  const paid = seqno === null ? '—' : seqno;
  const cancel = isOpen ? askedPress(view, 'cancel-issue', words.cancelIssue, { settleno }) : null;
  return html`<tr data-row><th scope="row">${settleno}</th><td>${id}</td>
    <td>${status} ${ISSUE_STATUS[status][language]}</td><td class="yen">${yen(amount)}</td>
    <td>${formatInstant(expiresAt)}</td><td>${payType ?? '—'}</td><td>${paid}</td><td>${shopId}</td>
    <td class="actions">${cancel}</td></tr>`;
}

function slipRow(slip: StoreSlip, { words }: View): Html {
  const { seqno, id, number, store, amount, expiresAt, paidAt } = slip;
  const pay = paidAt === null ? press('pay-slip', words.payNow, { seqno }) : words.paid;
  return html`<tr data-row><th scope="row"><a href="/sandbox/slip/${seqno}">${seqno}</a></th>
    <td>${id}</td>
    <td>${number}</td><td>${STORES[store] ?? store}</td><td class="yen">${yen(amount)}</td>
    <td>${formatDay(expiresAt)}</td>
    <td class="actions">${pay}</td></tr>`;
}

/** 通知: the notices to shops, the number of their tries, and the mails after a third failure. */
export function noticesPage(view: View): Html {
  const { words, language, gateway } = view;
  const notices = [...gateway.ledger.notices.values()].filter(isSeen(view)).reverse();
  const rows = notices.map(({ kind, shopId, url, body, tries, dueAt }) => {
    const told = tries.map(
      ({ at, said, ok }) => html`<li>${formatInstant(at)} ${ok ? '✓' : '✕'} ${said}</li>`,
    );
    return html`<tr data-row><td>${NOTICES[kind][language]}</td><td>${shopId}</td>
      <td><code>${url}</code><br><code class="wide">${body}</code></td>
      <td><ol>${told}</ol></td><td>${dueAt === null ? '—' : formatInstant(dueAt)}</td></tr>`;
  });
  const mails = gateway.ledger.mails.filter(isSeen(view)).toReversed();
  const letters = mails.map(
    ({
      at,
      shopId,
      to,
      subject,
      text,
    }) => html`<tr data-row><td>${formatInstant(at)}</td><td>${shopId}</td>
      <td>${to}</td><td>${subject}</td><td><pre>${text}</pre></td></tr>`,
  );
  const sent = [words.kind, words.shop, words.url, words.tries, words.nextTry];
  const written = [words.at, words.shop, words.to, words.subject, words.meaning];
  return layout(
    view,
    words.notices,
    html`${table(view, words.notices, sent, rows)}${table(view, words.mails, written, letters)}`,
  );
}
