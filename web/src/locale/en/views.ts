import type { jaViews } from '../ja/views.ts';
import type { LocaleWords } from '../words.ts';

/** Saved views and CSV output of the list in English. */
export const enViews: LocaleWords<typeof jaViews> = {
  saved: 'Saved views',
  save: 'Save this view',
  saveTitle: 'Save the filter under a name',
  saveLead: 'Renkei saves the current filter. Only you see your saved views.',
  name: 'Name',
  nameMissing: 'Enter a name.',
  saveButton: 'Save',
  manage: 'Manage the saved views',
  delete: 'Delete',
  deleteView: 'Delete “{{name}}”',
  failed: 'Renkei could not read the saved views.',
  csv: 'Download CSV',
  manualLayout: 'Ganbare Tencho',
  csvTitle: 'Download the result',
  csvLead: 'Renkei writes the current result to a file (orders: {{count, number}}).',
  layout: 'Layout',
  encoding: 'Encoding',
  asLayout: 'As in the layout ({{encoding}})',
  loss: 'If Shift_JIS lacks a character, Renkei writes no file and names the orders that contain it.',
  download: 'Download',
  downloaded: 'Downloaded.',
  empty: 'The result holds no order.',
  shippingImport: 'Import shipping results',
};
