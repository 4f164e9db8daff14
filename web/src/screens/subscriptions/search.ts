import type { SubscriptionWish } from '../../api/subscriptions.ts';
import { urlText } from '../../app/url-text.ts';

const SHOWN = ['cancelled', 'finished', 'all', 'held', 'overdue'] as const;
type ShownState = (typeof SHOWN)[number];

/** The shown applications in the URL; without a value, those that are 継続中. */
export type SubscriptionsSearch = {
  readonly show?: ShownState | undefined;
  readonly q?: string | undefined;
  /** 申込コード of the last application of the page before. */
  readonly after?: string | undefined;
};

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parseSubscriptionsSearch(search: Record<string, unknown>): SubscriptionsSearch {
  const text = (name: string) => urlText(search, name);
  const after = text('after');
  return {
    show: SHOWN.find((known) => known === text('show')),
    q: text('q')?.slice(0, 100),
    after: after !== undefined && /^[A-Za-z0-9-]{1,20}$/.test(after) ? after : undefined,
  };
}

/** The URL's search in the API's names. */
export function wishOf({ show, q, after }: SubscriptionsSearch): SubscriptionWish {
  if (show === 'overdue') return { overdue: 'true', q, after };
  if (show === 'held') return { held: 'true', q, after };
  return { status: show === 'all' ? undefined : (show ?? 'active'), q, after };
}
