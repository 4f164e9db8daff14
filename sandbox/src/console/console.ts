import type { ServerResponse } from 'node:http';
import { type Html, html } from '../browser/html.ts';
import type { Visit } from '../visit.ts';
import { parseParameters } from '../wire/form.ts';
import { act } from './actions.ts';
import { transactionsCsv } from './csv.ts';
import { detailPage } from './detail-page.ts';
import { errorsPage } from './errors-page.ts';
import { KEYS_SCRIPT } from './keys.ts';
import { customersPage, issuesPage, noticesPage } from './people-pages.ts';
import { needsSignIn, shopOf, signIn, signOut } from './sessions.ts';
import { settingsPage } from './settings-page.ts';
import { STYLE } from './style.ts';
import { findTransactions, transactionsPage } from './transactions-page.ts';
import { troublePage } from './trouble-page.ts';
import { HOME, isSeen, layout, type View } from './view.ts';
import { wirePage, wireRecordPage } from './wire-page.ts';
import { type Language, WORDS } from './words.ts';

const HEADERS = {
  'x-sandbox': '1',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; script-src 'self'; form-action 'self'; " +
    "frame-ancestors 'none'",
};

/** Answers the console (管理画面): pages by GET, actions by POST and a redirect back. */
export async function answerConsole(visit: Visit): Promise<void> {
  const { gateway, url, request, response } = visit;
  const path = visit.path.slice(2);
  if (path[0] === 'style.css') return sendFile(response, 'text/css; charset=utf-8', STYLE);
  if (path[0] === 'keys.js')
    return sendFile(response, 'text/javascript; charset=utf-8', KEYS_SCRIPT);
  const { cookie } = request.headers;
  const language = languageOf(url, cookie);
  const [words, signedIn] = [WORDS[language], shopOf(gateway, cookie)];
  const view: View = { gateway, language, words, signedIn, path, query: url.searchParams };
  if (path[0] === 'sign-in' && request.method === 'POST') return enter(visit, view);
  if (path[0] === 'sign-out') {
    return void sendOn(response, `${HOME}/sign-in`, { 'set-cookie': signOut(gateway, cookie) });
  }
  if (path[0] === 'sign-in') return sendPage(response, view, signInPage(view));
  if (signedIn === null && needsSignIn(gateway)) return void sendOn(response, `${HOME}/sign-in`);
  if (request.method === 'POST') return pressed(visit, view);
  if (path[0] === 'transactions.csv') {
    const file = transactionsCsv(findTransactions(view), gateway);
    const disposition = { 'content-disposition': 'attachment; filename="transactions.csv"' };
    return sendFile(response, 'text/csv; charset=Shift_JIS', file, disposition);
  }
  const page = pageOf(view, url.origin);
  if (page === null) {
    return sendPage(response, view, layout(view, '404', html`<p>${words.nothing}</p>`), 404);
  }
  return sendPage(response, view, page);
}

/** Returns the page of an address; null if there is none. */
function pageOf(view: View, origin: string): Html | null {
  const { gateway, path } = view;
  const [first = '', second] = path;
  if (first === 'transactions' && second !== undefined) {
    const found = gateway.ledger.transactions.get(second);
    return found !== undefined && isSeen(view)(found) ? detailPage(view, found) : null;
  }
  if (first === 'wire' && second !== undefined) {
    const record = gateway.wireLog.find(Number(second));
    return record !== null && isSeen(view)(record) ? wireRecordPage(view, record, origin) : null;
  }
  if (second !== undefined || !Object.hasOwn(PAGES, first)) return null;
  return PAGES[first]?.(view) ?? null;
}

const PAGES: Readonly<Record<string, (view: View) => Html>> = {
  '': transactionsPage,
  customers: customersPage,
  issues: issuesPage,
  notices: noticesPage,
  settings: settingsPage,
  errors: errorsPage,
  trouble: troublePage,
  wire: wirePage,
};

async function pressed({ url, body, request, response }: Visit, view: View): Promise<void> {
  const said = await act(view, view.path, parseParameters(body.toString('latin1')));
  const back = new URL(pathOf(request.headers.referer) ?? HOME, url.origin);
  const lang = url.searchParams.get('lang');
  if (lang !== null) back.searchParams.set('lang', lang);
  back.searchParams.set('said', said);
  sendOn(response, `${back.pathname}${back.search}`);
}

/** Returns the page of the console that a press came from. */
function pathOf(referer: string | undefined): string | null {
  const from = URL.parse(referer ?? '');
  return from?.pathname.startsWith(HOME) ? `${from.pathname}${from.search}` : null;
}

function enter({ gateway, body, response }: Visit, view: View): void {
  const form = parseParameters(body.toString('latin1'));
  const cookie = signIn(gateway, form.get('shopId') ?? '', form.get('password') ?? '');
  if (cookie !== null) return void sendOn(response, HOME, { 'set-cookie': cookie });
  const said = new URLSearchParams({ said: view.words.wrongPassword });
  return void sendOn(response, `${HOME}/sign-in?${said}`);
}

function signInPage(view: View): Html {
  const { words } = view;
  return layout(
    view,
    words.signIn,
    html`<form method="post" action="${HOME}/sign-in" class="tall">
    <label>${words.shopId} <input name="shopId" required autocomplete="username"></label>
    <label>${words.password} <input name="password" type="password"
      autocomplete="current-password"></label>
    <button>${words.signIn}</button></form>`,
  );
}

function languageOf(url: URL, cookie: string | undefined): Language {
  const asked = url.searchParams.get('lang') ?? /(?:^|; )lang=(ja|en)/.exec(cookie ?? '')?.[1];
  return asked === 'en' ? 'en' : 'ja';
}

function sendPage(response: ServerResponse, { language }: View, page: Html, status = 200): void {
  response.writeHead(status, {
    ...HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'set-cookie': `lang=${language}; Path=${HOME}; SameSite=Strict`,
  });
  response.end(page.text);
}

function sendFile(
  response: ServerResponse,
  type: string,
  body: string | Buffer,
  more: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(200, { ...HEADERS, ...more, 'content-type': type }).end(body);
}

function sendOn(
  response: ServerResponse,
  location: string,
  more: Readonly<Record<string, string>> = {},
): void {
  response.writeHead(303, { ...HEADERS, ...more, location }).end();
}
