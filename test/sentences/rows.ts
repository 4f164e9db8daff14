import { STORY } from '../../core/src/domain/drift/drift-stories.ts';
import { REASON, REMEDY } from '../../core/src/domain/reasons/index.ts';
import { enLazy } from '../../web/src/locale/en/lazy.ts';
import { en } from '../../web/src/locale/en.ts';
import { jaLazy } from '../../web/src/locale/ja/lazy.ts';
import { ja } from '../../web/src/locale/ja.ts';
import { ELSEWHERE } from './elsewhere.ts';
import type { Row, Rows } from './facts.ts';
import { flatten, isSentence, keyOf, patternsOf } from './find.ts';
import { DIALOG_ROWS, ORDER_ROWS } from './order-rows.ts';
import { REASON_ROWS, REASONS_ELSEWHERE, REMEDIES_ELSEWHERE, REMEDY_ROWS } from './reason-rows.ts';
import { STORIES_ELSEWHERE, STORY_ROWS } from './story-rows.ts';

/** The one table: each sentence that claims something, and when it may stand. */
export const ROWS: ReadonlyMap<string, Row> = new Map([
  ...Object.entries({ ...ORDER_ROWS, ...DIALOG_ROWS }),
  ...named('reason', REASON_ROWS),
  ...named('remedy', REMEDY_ROWS),
  ...named('story', STORY_ROWS),
]);

function named(prefix: string, rows: Rows): [string, Row][] {
  return Object.entries(rows).map(([key, row]) => [`${prefix}.${key}`, row]);
}

const WORDS = {
  ja: [...flatten(ja), ...flatten(jaLazy)],
  en: [...flatten(en), ...flatten(enLazy)],
} as const;

/** The keys of the screens' catalogue whose text is a sentence. */
const SENTENCE_KEYS = new Set(
  WORDS.ja.filter(([, text]) => isSentence(text)).map(([key]) => keyOf(key)),
);

/** Every key that claims something: of the screens, of the API's reasons, remedies and stories. */
export function claims(): string[] {
  return [
    ...SENTENCE_KEYS,
    ...Object.keys(REASON).map((code) => `reason.${code}`),
    ...Object.keys(REMEDY).map((id) => `remedy.${id}`),
    ...Object.keys(STORY).map((id) => `story.${id}`),
  ];
}

const API_ELSEWHERE: Readonly<Record<string, string>> = Object.fromEntries([
  ...Object.entries(REASONS_ELSEWHERE).map(([key, why]) => [`reason.${key}`, why]),
  ...Object.entries(REMEDIES_ELSEWHERE).map(([key, why]) => [`remedy.${key}`, why]),
  ...Object.entries(STORIES_ELSEWHERE).map(([key, why]) => [`story.${key}`, why]),
]);

/** Why a sentence has no row: it stands elsewhere than in an order's view; null if it has one. */
export function elsewhere(key: string): string | null {
  if (ROWS.has(key)) return null;
  const api = API_ELSEWHERE[key];
  if (api !== undefined) return api;
  const fit = Object.keys(ELSEWHERE).filter((start) => key.startsWith(start));
  const longest = fit.toSorted((a, b) => b.length - a.length)[0];
  return longest === undefined ? null : (ELSEWHERE[longest] ?? null);
}

/** The patterns of every sentence in a language, of the screens and of the API. */
export const PATTERNS = {
  ja: patternsOf([...ofScreens('ja'), ...ofApi('ja')]),
  en: patternsOf([...ofScreens('en'), ...ofApi('en')]),
} as const;

function ofScreens(locale: 'ja' | 'en') {
  const words = WORDS[locale].map(([key, text]): [string, string] => [keyOf(key), text]);
  return words.filter(([key]) => SENTENCE_KEYS.has(key));
}

function ofApi(locale: 'ja' | 'en'): [string, string][] {
  const reasons = Object.entries(REASON).flatMap(([code, facts]): [string, string][] => [
    [`reason.${code}`, facts[locale].cause],
    [`reason.${code}`, facts[locale].remedy],
  ]);
  const stories = Object.entries(STORY).map(([id, story]): [string, string] => [
    `story.${id}`,
    story[locale],
  ]);
  return [...reasons, ...stories];
}
