import { BUCKETS, type Bucket, readFilter } from '@renkei/contract';
import { urlText } from '../../app/url-text.ts';

/** The shown period and lines in the URL; the current month by default. */
export type ReconciliationSearch = {
  readonly month?: string | undefined;
  readonly day?: string | undefined;
  readonly bucket?: Bucket | undefined;
  readonly offset?: string | undefined;
};

const DAY = { kind: 'date', from: 'day' } as const;

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parseReconciliationSearch(search: Record<string, unknown>): ReconciliationSearch {
  const text = (name: string) => urlText(search, name) ?? '';
  return {
    month: /^\d{4}-(0[1-9]|1[0-2])$/.test(text('month')) ? text('month') : undefined,
    day: readFilter(DAY, text('day')),
    bucket: BUCKETS.find((bucket) => bucket === text('bucket')),
    offset: /^[1-9]\d{0,5}$/.test(text('offset')) ? text('offset') : undefined,
  };
}

/** The month that lies `by` months away: 2026-01, −1 → 2025-12. */
export function monthAway(month: string, by: number): string {
  const [year, number] = month.split('-').map(Number);
  const away = new Date(Date.UTC(year ?? 1970, (number ?? 1) - 1 + by, 1));
  return away.toISOString().slice(0, 7);
}
