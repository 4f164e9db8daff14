/** ¥9,850, and −¥735 for a negative amount: the sign is text, never colour alone. */
export function formatYen(yen: number): string {
  return `${yen < 0 ? '−' : ''}¥${Math.abs(yen).toLocaleString('ja-JP')}`;
}

/** A difference with its sign: +¥735, −¥735, ±¥0. */
export function formatDifference(yen: number): string {
  if (yen === 0) return '±¥0';
  return yen > 0 ? `+${formatYen(yen)}` : formatYen(yen);
}

const TOKYO = { timeZone: 'Asia/Tokyo' } as const;
const DAY_MS = 24 * 60 * 60 * 1000;

const MOMENT = new Intl.DateTimeFormat('ja-JP', {
  ...TOKYO,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const CLOCK = new Intl.DateTimeFormat('ja-JP', {
  ...TOKYO,
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
  hourCycle: 'h23',
});
const DAY = new Intl.DateTimeFormat('sv-SE', { ...TOKYO, dateStyle: 'short' });

/** A UTC instant as the manual shows it, in Japan's time: 2012/11/08 19:28:26. */
export function formatInstant(instant: string): string {
  return MOMENT.format(new Date(instant));
}

/** The time of day in Japan: 19:28:26. */
export function formatClock(instant: string): string {
  return CLOCK.format(new Date(instant));
}

/** A JST date as the manual shows it: 2012/11/14. */
export function formatDate(date: string): string {
  return date.replaceAll('-', '/');
}

/** The JST date of a moment, YYYY-MM-DD. */
export function jstDateOf(moment: Date): string {
  return DAY.format(moment);
}

/** Whole days from one JST date to another; negative if the second is earlier. */
export function daysBetween(from: string, to: string): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / DAY_MS);
}

const AGES = [
  { unit: 'day', ms: DAY_MS },
  { unit: 'hour', ms: 60 * 60 * 1000 },
  { unit: 'minute', ms: 60 * 1000 },
  { unit: 'second', ms: 1000 },
] as const;

const JUST_NOW: Readonly<Record<string, string>> = { ja: 'たった今', en: 'just now' };

/** The age of an instant, short: 3分前, 3 min. ago. Japanese has no space before the unit. */
export function formatAge(instant: string, now: number, locale: string): string {
  const ms = Math.min(0, Date.parse(instant) - now);
  const { unit, ms: length } = AGES.find((age) => -ms >= age.ms) ?? AGES[3];
  const units = Math.ceil(ms / length);
  if (units === 0) return JUST_NOW[locale] ?? '';
  const age = relativeIn(locale).format(units, unit);
  return locale === 'ja' ? age.replace(' ', '') : age;
}

const RELATIVE = new Map<string, Intl.RelativeTimeFormat>();

/** One formatter for each language: making one costs more than a row of the list. */
function relativeIn(locale: string): Intl.RelativeTimeFormat {
  const known = RELATIVE.get(locale);
  if (known) return known;
  const made = new Intl.RelativeTimeFormat(locale, { numeric: 'auto', style: 'short' });
  RELATIVE.set(locale, made);
  return made;
}

/** Typed text, with full-width digits and spaces made plain. */
export function normalized(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s,]/g, '');
}

/** The whole yen in typed text; null if it holds none. */
export function parseYen(text: string): number | null {
  const plain = normalized(text).replace(/^[¥￥\\]/, '');
  return /^\d{1,8}$/.test(plain) ? Number(plain) : null;
}
