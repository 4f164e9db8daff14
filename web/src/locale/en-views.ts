import type { jaViews } from './ja-views.ts';
import type { Words } from './words.ts';

/** Saved views and CSV output of the list in English. */
export const enViews: Words<typeof jaViews> = {
  saved: 'Saved views',
  save: 'Save this view',
  saveTitle: 'Save the filter under a name',
  saveLead: 'The filter as it is now is kept. Only you see your saved views.',
  name: 'Name',
  nameMissing: 'Enter a name.',
  saveButton: 'Save',
  manage: 'Tidy up the saved views',
  delete: 'Delete',
  deleteView: 'Delete “{{name}}”',
  failed: 'The saved views could not be read.',
  csv: 'Download CSV',
  csvTitle: 'Download the result',
  csvLead: 'The result as it is now, {{count, number}} orders, is written to a file.',
  layout: 'Layout',
  encoding: 'Encoding',
  asLayout: 'As the layout has it ({{encoding}})',
  loss: 'Where CP932 lacks a character nothing is written, and you are told which orders it is in.',
  download: 'Download',
  downloaded: 'Downloaded.',
  empty: 'There is no order to write.',
  shippingImport: 'Import shipping results',
};
