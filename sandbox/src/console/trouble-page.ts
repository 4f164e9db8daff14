import { type Html, html } from '../browser/html.ts';
import { INVENTED, TEST_CARD } from '../cards.ts';
import { ENDPOINTS } from '../endpoints/index.ts';
import { PACKS } from '../faults/packs.ts';
import { FAULTS, NOTICE, SENTINELS } from '../faults/rules.ts';
import { formatInstant } from '../time.ts';
import { HOME, layout, option, press, table, type View } from './view.ts';

/** シナリオ: everything that makes trouble, and the clock. */
export function troublePage(view: View): Html {
  const { words } = view;
  return layout(
    view,
    words.trouble,
    html`${rules(view)}${clock(view)}${sentinels(view)}${cards(view)}${keeping(view)}`,
  );
}

function rules(view: View): Html {
  const { words, language, gateway } = view;
  const { rules: set } = gateway.faults;
  const listed = set.map((rule) => html`<li><code>${JSON.stringify(rule)}</code></li>`);
  const none = html`<p class="empty">${words.empty}</p>`;
  const kinds = FAULTS.map((kind) => option(kind, kind, ''));
  const cgis = [...Object.keys(ENDPOINTS), NOTICE].map((cgi) => option(cgi, cgi, ''));
  const packs = Object.entries(PACKS).map(
    ([name, pack]) => html`<li>${press(`pack/${name}`, pack[language])}</li>`,
  );
  return html`<section><h2>${words.packs}</h2><ul class="presses">${packs}
    <li>${press('clock', words.expire, { days: '61' })}</li></ul>
    <h2>${words.rules}</h2>${set.length === 0 ? none : html`<ol>${listed}</ol>`}
    <form method="post" action="${HOME}/faults" class="inline">
    <label>${words.kind} <select name="kind">${kinds}</select></label>
    <label>${words.cgi} <select name="cgi"><option value=""></option>${cgis}</select></label>
    <label>${words.share} <input name="share" inputmode="decimal" size="4"></label>
    <label>${words.times} <input name="times" inputmode="numeric" size="4"></label>
    <label>delayMs <input name="delayMs" inputmode="numeric" size="6"></label>
    <label>${words.code} <input name="code" size="10"></label>
    <label>${words.meaning} <input name="text"></label>
    <button>${words.addRule}</button></form>${press('faults-clear', words.clearRules)}</section>`;
}

function clock({ words, gateway }: View): Html {
  const isStopped = gateway.ledger.clockStoppedAt !== null;
  return html`<section><h2>${words.clock}</h2><p class="clock">${formatInstant(gateway.now())}</p>
    <div class="inline"><form method="post" action="${HOME}/clock" class="inline">
    <label>${words.days} <input name="days" inputmode="numeric" size="4" value="1"></label>
    <label>${words.minutes} <input name="minutes" inputmode="numeric" size="4" value="0"></label>
    <button>${words.advance}</button></form>
    ${isStopped ? press('clock-go', words.go) : press('clock-stop', words.stop)}</div></section>`;
}

function sentinels(view: View): Html {
  const rows = Object.entries(SENTINELS).map(
    ([suffix, { kind }]) => html`<tr><td><code>…${suffix}</code></td><td>${kind}</td></tr>`,
  );
  return table(view, view.words.sentinels, [view.words.id, view.words.fault], rows);
}

function cards(view: View): Html {
  const { words, language } = view;
  const good =
    language === 'ja' ? '承認される（SCODE 123 は拒否）' : 'approved; SCODE 123 is declined';
  const rows = [
    html`<tr><td><code>${TEST_CARD}</code></td><td>${good}</td></tr>`,
    ...Object.entries(INVENTED).map(
      ([last, names]) =>
        html`<tr><td><code>${TEST_CARD.slice(0, 12)}${last}</code></td>
        <td>${names[language]}</td></tr>`,
    ),
  ];
  return table(view, words.cards, [words.card, words.meaning], rows);
}

function keeping({ words }: View): Html {
  return html`<section><h2>${words.snapshot}</h2>
    <p><a class="button" href="/sandbox/v1/snapshot" 
      download="sandbox-snapshot.json">${words.download}</a></p>
    <form method="post" action="${HOME}/restore" class="tall">
    <label>${words.snapshot} (JSON) <textarea name="snapshot" rows="3" required></textarea></label>
    <button class="quiet">${words.restore}</button></form>
    <h2>${words.reset}</h2><form method="post" action="${HOME}/reset" class="inline">
    <label>${words.seed} <input name="seed" inputmode="numeric" size="8"></label>
    <button>${words.reset}</button></form><p class="hint">${words.resetHint}</p></section>`;
}
