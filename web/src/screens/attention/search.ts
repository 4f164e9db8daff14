import type { DriftKind } from '@renkei/contract';
import type { AttentionWish } from '../../api/attention.ts';
import { urlText } from '../../app/url-text.ts';

/** What the screen shows, as the URL says it. What is left out is the default. */
export type AttentionSearch = {
  readonly state?: 'snoozed' | 'closed' | undefined;
  readonly kind?: string | undefined;
  readonly mine?: 'true' | undefined;
  /** The item that is read. */
  readonly item?: string | undefined;
};

export const STATES = ['open', 'snoozed', 'closed'] as const;

/** Reads the URL; whatever makes no sense is left out, so that no URL is an error. */
export function parseAttentionSearch(search: Record<string, unknown>): AttentionSearch {
  const text = (name: string) => urlText(search, name);
  const state = text('state');
  const kind = text('kind');
  return {
    state: state === 'snoozed' || state === 'closed' ? state : undefined,
    kind: kind !== undefined && /^[a-z_]{1,40}$/.test(kind) ? kind : undefined,
    mine: text('mine') === 'true' ? 'true' : undefined,
    item: text('item'),
  };
}

/** The URL’s search as the API is asked. */
export function wishOf({ state, kind, mine }: AttentionSearch): AttentionWish {
  return { state: state ?? 'open', kinds: kind, assignee: mine && 'me' };
}

/** The kinds that there are something of, the most first. */
export function kindsThere(byKind: Readonly<Record<DriftKind, number>>): [DriftKind, number][] {
  const entries = Object.entries(byKind) as [DriftKind, number][];
  return entries.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
}
