import { type Html, html } from '../browser/html.ts';
import { ERROR_CODES } from '../error-codes.ts';
import { MARKS } from './labels.ts';
import { HOME, layout, table, type View } from './view.ts';

/** エラーコード一覧, with a search. */
export function errorsPage(view: View): Html {
  const { words, language, query } = view;
  const q = (query.get('q') ?? '').trim();
  const found = ERROR_CODES.filter((error) =>
    [error.code, error.ja, error.en].some((text) => text.includes(q)),
  );
  const rows = found.map(
    ({ code, ja, en, mark }) => html`<tr data-row><th scope="row"><code>${code}</code></th>
      <td>${language === 'ja' ? ja : en}</td><td>${MARKS[mark][language]}</td></tr>`,
  );
  return layout(
    view,
    words.errors,
    html`<form method="get" action="${HOME}/errors" role="search" class="inline">
    <label>${words.code} <input type="search" name="q" id="search" value="${q}"></label>
    <button>${words.search}</button></form>
    ${table(view, words.errors, [words.code, words.meaning, words.mark], rows)}`,
  );
}
