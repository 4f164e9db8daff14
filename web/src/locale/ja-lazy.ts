import { jaActivity } from './ja-activity.ts';
import { jaAttention } from './ja-attention.ts';
import { jaConfirm } from './ja-confirm.ts';
import { jaFilters } from './ja-filters.ts';
import { jaDeadlines, jaHome } from './ja-home.ts';
import { jaInvitation } from './ja-invitation.ts';
import { jaMails } from './ja-mails.ts';
import { jaOrder } from './ja-order.ts';
import { jaOrderDesk } from './ja-order-desk.ts';
import { jaPreorders } from './ja-preorders.ts';
import { jaReconciliation } from './ja-reconciliation.ts';
import { jaBulk, jaRun, jaRuns } from './ja-runs.ts';
import { jaSafeMode } from './ja-safe-mode.ts';
import { jaSettings } from './ja-settings.ts';
import { jaShipping } from './ja-shipping.ts';
import { jaSubscriptions } from './ja-subscriptions.ts';
import { jaUnsaved } from './ja-unsaved.ts';

/**
 * Words of the screens that a person opens later, in Japanese. The first such screen loads them
 * all.
 */
export const jaLazy = {
  desk: jaOrderDesk,
  order: jaOrder,
  attention: jaAttention,
  confirm: jaConfirm,
  home: jaHome,
  deadlines: jaDeadlines,
  reconciliation: jaReconciliation,
  activity: jaActivity,
  mails: jaMails,
  safeMode: jaSafeMode,
  shipping: jaShipping,
  unsaved: jaUnsaved,
  settings: jaSettings,
  invitation: jaInvitation,
  preorders: jaPreorders,
  subscriptions: jaSubscriptions,
  bulk: jaBulk,
  runs: jaRuns,
  run: jaRun,
  filters: jaFilters,
} as const;
