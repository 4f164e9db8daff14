import type { jaPreorders } from './ja-preorders.ts';
import type { Words } from './words.ts';

/** 予約 in English. */
export const enPreorders: Words<typeof jaPreorders> = {
  title: 'Pre-orders',
  caption: 'Pre-orders',
  asList: 'See them in the list of orders',
  failed: 'The pre-orders could not be read.',
  lead: 'The card of a pre-order is authorized when it becomes a normal order.',
  stages: 'Narrow down',
  stage: {
    waiting: 'Pre-order',
    declined: 'Processing (card validated, authorization failed)',
    authorized: 'Authorized',
  },
  counted: '{{name}} ({{count, number}})',
  hint: {
    waiting:
      'Where they are paid by card, it is registered at F-REGI; nothing is reserved yet. The oldest come first.',
    declined:
      'Their authorization failed on the way to processing. Authorize again, change the payment method, or cancel.',
    authorized: 'Pre-orders that are authorized. Marking them paid captures the money.',
  },
  empty: {
    waiting: 'There are no pre-orders.',
    declined: 'No order waits for another authorization.',
    authorized: 'There are no authorized pre-orders.',
  },
  columns: { fregi: 'F-REGI status', card: 'Card', act: 'Action' },
  registered: 'Registered',
  unregistered: 'Not registered',
  noCard: 'Not by card',
  one: { waiting: 'Move to processing', declined: 'Authorize again' },
  of: ' (order {{orderNumber}})',
  act: { waiting: 'Move the chosen to processing', declined: 'Authorize the chosen again' },
  dialog: 'Confirm the authorization',
  both: 'What the card company grants becomes “authorized”; what it declines becomes “processing (card validated, authorization failed)”. The order status is processing either way.',
  previewed: 'Order by order',
  what: 'What F-REGI is told',
  localOnly: 'F-REGI is told nothing; the order moves to processing.',
  nothing: 'None of these can be authorized; see why.',
  confirm_one: 'Authorize {{count, number}} order, {{yen}}',
  confirm_other: 'Authorize {{count, number}} orders, {{yen}}',
  result: {
    title: 'Outcome',
    caption: 'Outcome, order by order',
    close: 'Close the outcome',
    failed: 'The outcome could not be read.',
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
