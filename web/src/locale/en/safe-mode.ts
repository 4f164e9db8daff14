import type { jaSafeMode } from '../ja/safe-mode.ts';
import type { LocaleWords } from '../words.ts';

/** Safe mode in English. */
export const enSafeMode: LocaleWords<typeof jaSafeMode> = {
  title: 'Safe mode',
  failed: 'Renkei could not read the state of safe mode.',
  none: 'Safe mode is off. Payments and cancellations work as usual.',
  lead: 'The database was restored to an earlier time. It does not know the later calls to F-REGI, so Renkei holds payments and cancellations until the comparison is done. Until then Renkei sends only inquiries to F-REGI.',
  state: 'State',
  since: 'Since',
  lacks: 'Records of {{shop}}',
  behind: 'Every record after seal {{n, number}} ({{at}}) is missing',
  different: 'Seal {{n, number}} ({{at}}) is a different seal',
  forgotten: 'The record of a call to F-REGI or of a mail at {{at}} is missing',
  compared: 'Comparison with F-REGI',
  comparing: 'Running. It takes a few minutes.',
  comparedAt: 'Done ({{at}}). Open operations that now need review: {{parked, number}}.',
  reviews: 'Needs review in this shop',
  noReviews: 'None left.',
  reviewsLeft_one: '{{count, number}} left.',
  reviewsLeft_other: '{{count, number}} left.',
  end: 'End of safe mode',
  endLead:
    'If F-REGI answers no inquiries, first import the console’s CSV of the lost time. Have the cart send the orders of that time again.',
  note: 'What you checked',
  noteHint:
    'The activity keeps it. For example: I imported the CSV of November 24; nothing differs.',
  noteMissing: 'Enter what you checked.',
  endButton: 'End safe mode',
};
