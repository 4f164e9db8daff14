import type { jaSafeMode } from './ja-safe-mode.ts';
import type { Words } from './words.ts';

/** Safe mode in English. */
export const enSafeMode: Words<typeof jaSafeMode> = {
  title: 'Safe mode',
  failed: 'How safe mode stands could not be read.',
  none: 'Safe mode does not hold. Payments and cancellations work as usual.',
  lead: 'The database was put back to an earlier time. What was sent to F-REGI since is not known here, so payments and cancellations are stopped until all is compared. Nothing is asked of F-REGI but inquiries.',
  state: 'How it stands',
  since: 'Since',
  lacks: 'Records of {{shop}}',
  behind: 'All after seal {{n, number}} ({{at}}) is missing',
  different: 'Seal {{n, number}} ({{at}}) is another one',
  forgotten: 'There is no record of what left for F-REGI, or as a mail, at {{at}}',
  compared: 'Comparison with F-REGI',
  comparing: 'Under way. It takes a few minutes.',
  comparedAt:
    'Done ({{at}}). {{parked, number}} operations that were under way are to be reviewed.',
  reviews: 'To be reviewed in this shop',
  noReviews: 'None is left.',
  reviewsLeft_one: '{{count, number}} is left.',
  reviewsLeft_other: '{{count, number}} are left.',
  end: 'End it',
  endLead:
    'Where F-REGI answers no inquiries, import the console’s CSV of the lost time first. Have the cart send the orders of that time again.',
  note: 'What was looked at',
  noteHint:
    'It stands in the activity. For example: the CSV of November 24 was imported; nothing differs.',
  noteMissing: 'Enter what was looked at.',
  endButton: 'End safe mode',
};
