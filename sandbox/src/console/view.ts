import { type Html, html } from '../browser/html.ts';
import type { FregiGateway } from '../gateway.ts';
import { type LedgerState, STATES } from '../ledger/states.ts';
import { type ConsoleWords, type Language, STATES_EN } from './words.ts';

/** The viewer of a console page, and how the page is viewed. */
export type View = {
  readonly gateway: FregiGateway;
  readonly language: Language;
  readonly words: ConsoleWords;
  /** The signed-in shop; null if nobody must sign in, and then all shops are shown. */
  readonly signedIn: string | null;
  /** Path segments after /sandbox/console. */
  readonly path: readonly string[];
  readonly query: URLSearchParams;
};

export const HOME = '/sandbox/console';
/** The seconds between two requests of a page that keeps itself up to date. */
const LIVE_S = 3;

const MENU = [
  ['transactions', '', 't'],
  ['customers', '/customers', 'c'],
  ['issues', '/issues', 'i'],
  ['notices', '/notices', 'n'],
  ['errors', '/errors', 'e'],
  ['settings', '/settings', 'p'],
  ['trouble', '/trouble', 's'],
  ['wire', '/wire', 'w'],
] as const;

/** Lays out a whole page: header, menu, the last message, content, the list of keys. */
export function layout(view: View, title: string, content: Html): Html {
  const { words, language, query } = view;
  const said = query.get('said');
  return html`<!doctype html><html lang="${language}"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    ${query.has('live') ? html`<meta http-equiv="refresh" content="${LIVE_S}">` : null}
    <title>${title} — ${words.title}</title>
    <link rel="stylesheet" href="${HOME}/style.css">
    <script src="${HOME}/keys.js" defer></script></head>
    <body><a class="skip" href="#main">${words.skip}</a>
    <header><strong>${words.title}</strong><p>${words.notice}</p>${corner(view)}</header>
    ${menu(view)}
    <main id="main"><h1>${title}</h1>
    ${said ? html`<p role="status" class="said">${said}</p>` : null}${content}</main>
    ${keyHelp(view)}</body></html>`;
}

function corner({ words, language, signedIn, path, query }: View): Html {
  const other = new URLSearchParams(query);
  other.set('lang', language === 'ja' ? 'en' : 'ja');
  other.delete('said');
  const here = [HOME, ...path].join('/');
  const out = html`<form method="post" action="${HOME}/sign-out"><span>${signedIn ?? ''}</span>
    <button class="quiet">${words.signOut}</button></form>`;
  const lang = language === 'ja' ? 'en' : 'ja';
  return html`<div class="corner">
    <a href="${here}?${other.toString()}" lang="${lang}">${words.other}</a>
    ${signedIn === null ? null : out}</div>`;
}

function menu({ words, path }: View): Html {
  const links = MENU.map(([name, address]) => {
    const isHere =
      (path[0] ?? '') === address.slice(1) ||
      (name === 'transactions' && path[0] === 'transactions');
    return isHere
      ? html`<a href="${HOME}${address}" aria-current="page">${words[name]}</a>`
      : html`<a href="${HOME}${address}">${words[name]}</a>`;
  });
  return html`<nav aria-label="${words.menu}">${links}</nav>`;
}

function keyHelp({ words }: View): Html {
  const goes = MENU.map(([name, , key]) => html`<dt>g ${key}</dt><dd>${words[name]}</dd>`);
  return html`<dialog id="keys" aria-labelledby="keys-title"><h2 id="keys-title">${words.keys}</h2>
    <dl><dt>/</dt><dd>${words.search}</dd><dt>j / k</dt><dd>↓ / ↑</dd>
    <dt>?</dt><dd>${words.keys}</dd>
    ${goes}</dl>
    <form method="dialog"><button class="quiet">${words.close}</button></form></dialog>`;
}

/** A table with a caption; an empty one says so. */
export function table(
  view: View,
  caption: string,
  columns: readonly string[],
  rows: readonly Html[],
): Html {
  if (rows.length === 0) {
    return html`<h2>${caption}</h2><p class="empty">${view.words.empty}</p>`;
  }
  return html`<div class="scroll" tabindex="0" role="region" aria-label="${caption}">
    <table><caption>${caption}
    <span>${rows.length}${view.words.count}</span></caption>
    <thead><tr>${columns.map((name) => heading(name, view))}</tr></thead>
    <tbody>${rows}</tbody></table></div>`;
}

function heading(name: string, { words }: View): Html {
  const isAmount = name === words.amount || name === words.took;
  return isAmount
    ? html`<th scope="col" class="yen">${name}</th>`
    : html`<th scope="col">${name}</th>`;
}

/** A button that posts by itself, with hidden values. */
export function press(
  action: string,
  label: string,
  hidden: Readonly<Record<string, string>> = {},
): Html {
  const inputs = Object.entries(hidden).map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  return html`<form method="post" action="${HOME}/${action}">${inputs}
    <button class="quiet">${label}</button></form>`;
}

/** A press that cannot be undone: its name opens the question, and only the button in it posts. */
export function askedPress(
  { words }: View,
  action: string,
  label: string,
  hidden: Readonly<Record<string, string>> = {},
): Html {
  return html`<details class="asked"><summary>${label}</summary><p>${words.final}</p>
    ${press(action, `${label}: ${words.doIt}`, hidden)}</details>`;
}

export function option(value: string, label: string, chosen: string): Html {
  return value === chosen
    ? html`<option value="${value}" selected>${label}</option>`
    : html`<option value="${value}">${label}</option>`;
}

/** Returns the shops that this view may see. */
export function shopsOf({ gateway, signedIn }: View) {
  return gateway.listShops().filter(({ shopId }) => signedIn === null || shopId === signedIn);
}

/** Returns a test for items of a shop that this view may see. */
export function isSeen({ signedIn }: View): (item: { readonly shopId: string }) => boolean {
  return ({ shopId }) => signedIn === null || shopId === signedIn;
}

export function stateName(state: LedgerState, language: Language): string {
  return language === 'ja' ? STATES[state] : STATES_EN[state];
}

export function chip(state: LedgerState, language: Language): Html {
  return html`<span class="state ${tone(state)}">${stateName(state, language)}</span>`;
}

function tone(state: LedgerState): string {
  if (state.startsWith('captured')) return 'good';
  return state === 'authorized' ? 'held' : 'gone';
}

export function yen(amount: number): string {
  return `¥${amount.toLocaleString('en')}`;
}
