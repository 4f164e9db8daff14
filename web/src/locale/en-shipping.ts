import type { jaShipping } from './ja-shipping.ts';
import type { Words } from './words.ts';

/** Shipping in English. */
export const enShipping: Words<typeof jaShipping> = {
  title: 'Import shipping results',
  lead: 'The carrier’s result CSV records tracking numbers and marks orders shipped. A chosen file is only checked at first.',
  file: 'CSV file',
  choose: 'Choose a file',
  drop: 'or drop one here',
  options: 'Along with it',
  andPay: 'Mark paid (card payments are captured)',
  shippingMail: 'Send the shipping notice automatically',
  mail: 'Send the payment confirmation automatically',
  checking: 'Checking…',
  report: 'What was found',
  lines: 'Lines',
  open: 'Orders to be marked shipped',
  unchanged: 'Orders that are so already',
  invalid: 'Errors',
  captures: 'Orders to be marked paid',
  capturesOf: '{{count, number}} · {{yen}}',
  orders: '{{count, number}}',
  seenBefore: 'This file was imported before. Importing it again ships and captures nothing twice.',
  errors: 'Lines to correct',
  start: 'Mark {{count, number}} shipped',
  startPay: 'Mark {{count, number}} shipped, and {{captures, number}} · {{yen}} paid',
  partly: 'Leave out the lines with errors',
  partlyNeeded: 'To leave out the lines with errors, tick the box above.',
  nothing: 'There is no order to be marked shipped.',
};
