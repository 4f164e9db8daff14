import { ACTIVITY_FILTERS } from '@renkei/contract';
import { type FilterTexts, filterTexts } from '../../app/read-filters.ts';
import { urlText } from '../../app/url-text.ts';

/** What of 操作履歴 is shown, as the URL says it and as the API names it. */
export type ActivitySearch = FilterTexts<typeof ACTIVITY_FILTERS> & {
  readonly orderNumber?: string | undefined;
};

/** Reads the URL; whatever makes no sense is left out, so that no URL is an error. */
export function parseActivitySearch(search: Record<string, unknown>): ActivitySearch {
  const orderNumber = urlText(search, 'orderNumber') ?? '';
  return {
    ...filterTexts(ACTIVITY_FILTERS, search),
    orderNumber: /^\d{12}$/.test(orderNumber) ? orderNumber : undefined,
  };
}
