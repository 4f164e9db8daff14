import { urlText } from '../../app/url-text.ts';

export const SETTINGS_PAGES = [
  'basic',
  'payment',
  'shipper',
  'csv',
  'members',
  'erasure',
  'limits',
  'log',
] as const;
export type SettingsPage = (typeof SETTINGS_PAGES)[number];

/** The shown part of the settings in the URL; without a value, the first. */
export type SettingsSearch = {
  readonly page?: Exclude<SettingsPage, 'basic'> | undefined;
  /** The CSV layout in the editor: its id, or `new`. */
  readonly layout?: string | undefined;
  /** The order whose customer is to be erased. */
  readonly order?: string | undefined;
};

/** Reads the URL and leaves out values that make no sense: so no URL is an error. */
export function parseSettingsSearch(search: Record<string, unknown>): SettingsSearch {
  const page = SETTINGS_PAGES.find((known) => known === urlText(search, 'page'));
  const layout = urlText(search, 'layout');
  const order = urlText(search, 'order') ?? '';
  return {
    page: page === 'basic' ? undefined : page,
    layout: page === 'csv' ? layout : undefined,
    order: page === 'erasure' && /^\d{12}$/.test(order) ? order : undefined,
  };
}
