import { ACTIVITY_FILTERS } from '@renkei/contract';
import { type FilterTexts, filterTexts } from '../../app/read-filters.ts';
import { urlText } from '../../app/url-text.ts';

/** The shown part of 操作履歴, in the URL and in the API's names. */
export type ActivitySearch = FilterTexts<typeof ACTIVITY_FILTERS> & {
  readonly orderNumber?: string | undefined;
};

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parseActivitySearch(search: Record<string, unknown>): ActivitySearch {
  const orderNumber = urlText(search, 'orderNumber') ?? '';
  return {
    ...filterTexts(ACTIVITY_FILTERS, search),
    orderNumber: /^\d{12}$/.test(orderNumber) ? orderNumber : undefined,
  };
}
