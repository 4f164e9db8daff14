import { type Html, html } from '../browser/html.ts';
import { formatInstant } from '../time.ts';
import { describeRecord, toCurl, type WireRecord } from '../wire/log.ts';
import { HOME, isSeen, layout, table, type View } from './view.ts';

const RECORDS_SHOWN = 100;
const BYTES_PER_LINE = 16;

/** 通信記録: the last calls, newest first. */
export function wirePage(view: View): Html {
  const { words, gateway } = view;
  const rows = gateway.wireLog
    .latest(RECORDS_SHOWN)
    .filter(isSeen(view))
    .map((record) => {
      const { number, at, cgi, shopId, fault, tookMs, request, decoded, status } =
        describeRecord(record);
      const said = decoded.trim().split('\n').join(' ⏎ ') || '—';
      return html`<tr data-row>
        <th scope="row"><a href="${HOME}/wire/${number}">${number} ${cgi}</a></th>
        <td>${formatInstant(at)}</td><td>${shopId}</td><td><code class="wide">${request}</code></td>
        <td>${status ?? '—'}</td><td><code class="wide">${said}</code></td><td>${fault ?? '—'}</td>
        <td class="yen">${tookMs} ms</td></tr>`;
    });
  const columns = [
    'CGI',
    words.at,
    words.shop,
    words.request,
    'HTTP',
    words.answer,
    words.fault,
    words.took,
  ];
  const isLive = view.query.has('live');
  const live = isLive
    ? html`<a class="button" href="${HOME}/wire">${words.notLive}</a>`
    : html`<a class="button" href="${HOME}/wire?live">${words.live}</a>`;
  return layout(view, words.wire, html`${live}${table(view, words.wire, columns, rows)}`);
}

/** One call: the request, the answer's bytes and text, and a command that repeats the call. */
export function wireRecordPage(view: View, record: WireRecord, origin: string): Html {
  const { words } = view;
  const { number, area, cgi, method, at, status, fault, tookMs, form, request, decoded } =
    describeRecord(record);
  return layout(
    view,
    `${words.wire} ${number}`,
    html`<dl class="facts"><dt>CGI</dt><dd>${method} /${area}/${cgi}</dd>
    <dt>${words.at}</dt><dd>${formatInstant(at)}</dd><dt>HTTP</dt><dd>${status ?? '—'}</dd>
    <dt>${words.fault}</dt><dd>${fault ?? '—'}</dd><dt>${words.took}</dt><dd>${tookMs} ms</dd></dl>
    <h2>${words.request}</h2><pre>${form}</pre><pre>${request.split('&').join('\n')}</pre>
    <h2>${words.answer} — ${words.decoded} (EUC-JP)</h2><pre>${decoded}</pre>
    <h2>${words.answer} — ${words.bytes}</h2>
    <pre>${hexDump(record.reply?.bytes ?? Buffer.alloc(0))}</pre>
    <h2>${words.curl}</h2><pre>${toCurl(record, origin)}</pre>`,
  );
}

/** Writes sixteen bytes a line: offset, hex, and ASCII. */
function hexDump(bytes: Buffer): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += BYTES_PER_LINE) {
    const part = bytes.subarray(at, at + BYTES_PER_LINE);
    const hex = [...part].map((byte) => byte.toString(16).padStart(2, '0')).join(' ');
    const text = part.toString('latin1').replace(/[^\x20-\x7e]/g, '.');
    lines.push(`${at.toString(16).padStart(4, '0')}  ${hex.padEnd(3 * BYTES_PER_LINE)} ${text}`);
  }
  return lines.join('\n');
}
