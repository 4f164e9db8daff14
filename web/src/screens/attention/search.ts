import { DRIFT, type DriftKind, keysOf } from '@renkei/contract';
import type { AttentionWish } from '../../api/attention.ts';
import { urlText, urlTrue } from '../../app/url-text.ts';

/** The content of the screen in the URL. A missing value means the default. */
export type AttentionSearch = {
  readonly state?: 'snoozed' | 'closed' | undefined;
  readonly kind?: DriftKind | undefined;
  readonly mine?: 'true' | undefined;
  /** The open item. */
  readonly item?: string | undefined;
};

export const STATES = ['open', 'snoozed', 'closed'] as const;

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parseAttentionSearch(search: Record<string, unknown>): AttentionSearch {
  const text = (name: string) => urlText(search, name);
  const state = text('state');
  return {
    state: state === 'snoozed' || state === 'closed' ? state : undefined,
    kind: keysOf(DRIFT).find((kind) => kind === text('kind')),
    mine: urlTrue(search, 'mine'),
    item: text('item'),
  };
}

/** The URL’s search in the API's names. */
export function wishOf({ state, kind, mine }: AttentionSearch): AttentionWish {
  return { state: state ?? 'open', kinds: kind, assignee: mine && 'me' };
}

/** True for the whole list of open items, without a filter. */
export function isWhole({ state, kind, mine }: AttentionSearch): boolean {
  return state === undefined && kind === undefined && mine === undefined;
}

/** The kinds that occur, the most frequent first. */
export function kindsThere(byKind: Readonly<Record<DriftKind, number>>): [DriftKind, number][] {
  const entries = Object.entries(byKind) as [DriftKind, number][];
  return entries.filter(([, count]) => count > 0).sort(([, a], [, b]) => b - a);
}
