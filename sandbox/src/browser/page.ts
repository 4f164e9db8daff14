import type { ServerResponse } from 'node:http';
import { type Html, html } from './html.ts';

/** Headers of every page of the sandbox. Forms may lead to shops, which have other addresses. */
const HEADERS = {
  'x-sandbox': '1',
  'cache-control': 'no-store',
  'referrer-policy': 'same-origin',
  'x-content-type-options': 'nosniff',
};

/** Sends a page of the customer's side: payment page, challenge, slip. */
export function sendPage(
  response: ServerResponse,
  title: string,
  content: Html,
  status = 200,
): void {
  response.writeHead(status, {
    ...HEADERS,
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; base-uri 'none'; frame-ancestors 'none'",
  });
  const page = html`<!doctype html><html lang="ja"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>${title} — F-REGIサンドボックス</title>
    <link rel="stylesheet" href="/sandbox/customer.css"></head><body>
    <header><strong>サンドボックス</strong>
    <span>本物のカード会社とはつながっていません。<span lang="en">This is a sandbox: no card is
    charged.</span></span></header>
    <main><h1>${title}</h1>${content}</main></body></html>`;
  response.end(page.text);
}

/** Redirects the browser with a GET. */
export function redirect(response: ServerResponse, location: string): void {
  response.writeHead(303, { ...HEADERS, location }).end();
}

/** The look of the customer's side: plainly not a shop, plainly a sandbox. */
export const CUSTOMER_STYLE = `
:root { --ink: #1f2933; --line: #d5dbe1; --accent: #7a4b12; }
* { box-sizing: border-box; }
body { margin: 0; color: var(--ink); background: #f4f1ea;
  font: 16px/1.6 system-ui, "Hiragino Sans", "Noto Sans JP", "Noto Sans CJK JP", sans-serif; }
header { display: flex; flex-wrap: wrap; gap: .25rem 1rem; padding: .6rem 1.25rem; color: #5d4616;
  font-size: .85rem; border-bottom: 1px solid #e5c98e;
  background: repeating-linear-gradient(-45deg, #fff3d6 0 14px, #ffedc2 14px 28px); }
main { max-width: 34rem; margin: 1.5rem auto; padding: 1.5rem; background: #fff;
  border: 1px solid var(--line); border-radius: 8px; }
h1 { font-size: 1.25rem; margin: 0 0 1rem; } h2 { font-size: 1rem; margin: 1.5rem 0 .5rem; }
dl { display: grid; grid-template-columns: auto 1fr; gap: .25rem 1.25rem; margin: 0 0 1rem; }
dt { color: #55606b; } dd { margin: 0; font-variant-numeric: tabular-nums; }
dd.total { font-size: 1.25rem; font-weight: 700; }
form { display: grid; gap: .9rem; margin-top: 1rem; }
fieldset { display: grid; gap: .6rem; border: 1px solid var(--line); border-radius: 6px;
  padding: .75rem 1rem 1rem; margin: 0; }
legend { font-weight: 700; padding: 0 .35rem; }
label { display: grid; gap: .2rem; font-size: .9rem; }
label.choice { display: flex; gap: .5rem; align-items: center; font-size: 1rem; }
.pair { display: flex; gap: .75rem; flex-wrap: wrap; } .pair > label { flex: 1 1 6rem; }
input, select, button { font: inherit; min-height: 2.75rem; padding: .4rem .75rem; color: inherit;
  border: 1px solid #77828d; border-radius: 6px; background: #fff; }
input[type="radio"], input[type="checkbox"] { min-height: 1.25rem; width: 1.25rem; margin: 0; }
button { background: var(--accent); border-color: var(--accent); color: #fff; cursor: pointer; }
button.quiet { background: #fff; color: var(--accent); }
:focus-visible { outline: 3px solid #1256a8; outline-offset: 2px; }
.wrong, .fine { border-left: 4px solid; padding: .6rem .9rem; margin: 0 0 1rem; }
.wrong { border-color: #b3261e; background: #fdecea; }
.fine { border-color: #0d5c39; background: #e9f6ef; }
.hint { color: #55606b; font-size: .85rem; margin: 0; } code { overflow-wrap: anywhere; }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: #f7f7f5; padding: .75rem; }
`;
