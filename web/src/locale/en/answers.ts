import type { jaAnswers } from '../ja/answers.ts';
import type { LocaleWords } from '../words.ts';

/** What a file cannot tell, and a person answers once. */
export const enAnswers: LocaleWords<typeof jaAnswers> = {
  title: 'Answers about files',
  lead: 'What files cannot tell, and this shop has answered once. If you remove an answer, the next import asks again.',
  none: 'There are no answers yet.',
  of: 'About',
  asked: 'Word of the file',
  answer: 'Read as',
  remove: 'Remove',
  nothing: '(nothing)',
  choose: 'Choose',
  saveAndCheck: 'Save, and check again',
  methods_one: 'The kind of {{count, number}} payment method is not known',
  methods_other: 'The kinds of {{count, number}} payment methods are not known',
  methodsLead:
    'Renkei keeps the kind that you choose, and does not ask again. If you do not know it, leave it: these orders are not imported.',
  method: '{{method}} ({{orders}})',
  columns: 'Choose which column holds what',
  columnsLead:
    'Renkei keeps the names of these columns, and reads columns of the same name from then on.',
  losing_one: '{{count, number}} order cannot be written as it is',
  losing_other: '{{count, number}} orders cannot be written as they are',
  losses: 'Values that cannot be written',
  leaveOut: 'Leave out {{out, number}}, download {{count, number}}',
  charactersLead:
    'Shift_JIS lacks these characters. Renkei keeps what you write in their place, and replaces them from then on. The orders stay as they are.',
  character: 'In place of “{{character}}” ({{codePoint}}, {{orders}})',
  dropped: 'Leave it empty to write nothing.',
  replace: 'Keep, and download',
  kind: {
    payment_method: 'Payment method → kind',
    shipment_column: 'Column of shipping results',
    character: 'Replaced character',
  },
  part: {
    order: 'Order number',
    destination: 'Destination number',
    tracking: 'Tracking number',
    shippedOn: 'Shipped on',
    carrier: 'Delivery service',
  },
};
