import type { jaPreorders } from '../ja/preorders.ts';
import type { LocaleWords } from '../words.ts';

/** 予約 in English. */
export const enPreorders: LocaleWords<typeof jaPreorders> = {
  title: 'Pre-orders',
  caption: 'Pre-orders',
  asList: 'Show in the order list',
  failed: 'Renkei could not read the pre-orders.',
  lead: 'Renkei authorizes the card of a pre-order when the order moves to processing.',
  stages: 'Filter',
  stage: {
    waiting: 'Pre-order',
    declined: 'Processing (card validated, authorization failed)',
    authorized: 'Authorized',
  },
  counted: '{{name}} ({{count, number}})',
  hint: {
    waiting:
      'F-REGI keeps the card of a card payment; no credit is reserved yet. The oldest orders come first.',
    declined:
      'The authorization of these orders failed when they moved to processing. Authorize again, change the payment method, or cancel.',
    authorized: 'These pre-orders are authorized. When you mark one paid, Renkei captures it.',
  },
  empty: {
    waiting: 'There are no pre-orders.',
    declined: 'No order waits for another authorization.',
    authorized: 'There are no authorized pre-orders.',
  },
  columns: { fregi: 'F-REGI status', card: 'Card', act: 'Action' },
  registered: 'Registered',
  unregistered: 'Not registered',
  noCard: '—',
  one: { waiting: 'Move to processing', declined: 'Authorize again' },
  of: ' (order {{orderNumber}})',
  act: {
    waiting: 'Move the chosen orders to processing',
    declined: 'Authorize the chosen orders again',
  },
  dialog: 'Confirm the authorization',
  both: 'An approved order becomes “authorized”; a declined order becomes “processing (card validated, authorization failed)”. Both move to the status processing.',
  previewed: 'Each order',
  what: 'Calls to F-REGI',
  localOnly: 'Renkei sends nothing to F-REGI; the order moves to processing.',
  nothing: 'None of these orders can be authorized. See the reasons.',
  confirm_one: 'Authorize {{count, number}} order, {{yen}}',
  confirm_other: 'Authorize {{count, number}} orders, {{yen}}',
  result: {
    title: 'Outcome',
    caption: 'Outcome, order by order',
    close: 'Close the outcome',
    failed: 'Renkei could not read the outcome.',
    kind: {
      authorized: 'Authorized',
      moved: 'Processing',
      declined: 'Authorization failed',
      failed: 'Failed or stopped',
      open: 'Underway or in doubt',
    },
    state: 'Outcome',
    next: 'What to do',
    method: 'Change the payment method',
  },
};
