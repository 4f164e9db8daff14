import { urlText } from '../../app/url-text.ts';

/** What of 操作履歴 is shown, as the URL says it and as the API names it. */
export type ActivitySearch = {
  readonly areas?: string | undefined;
  readonly actor?: string | undefined;
  readonly orderNumber?: string | undefined;
  readonly from?: string | undefined;
  readonly to?: string | undefined;
};

/** Reads the URL; whatever makes no sense is left out, so that no URL is an error. */
export function parseActivitySearch(search: Record<string, unknown>): ActivitySearch {
  const matching = (name: string, pattern: RegExp) => {
    const text = urlText(search, name);
    return text !== undefined && pattern.test(text) ? text : undefined;
  };
  return {
    areas: matching('areas', /^[a-z,]{1,100}$/),
    actor: matching('actor', /^[\w-]{1,64}$/),
    orderNumber: matching('orderNumber', /^\d{12}$/),
    from: matching('from', /^\d{4}-\d{2}-\d{2}$/),
    to: matching('to', /^\d{4}-\d{2}-\d{2}$/),
  };
}
