import { jaAttention } from './ja-attention.ts';
import { jaConfirm } from './ja-confirm.ts';
import { jaDesk } from './ja-desk.ts';
import { jaFilters } from './ja-filters.ts';
import { jaForms } from './ja-forms.ts';
import { jaDeadlines, jaHome } from './ja-home.ts';
import { jaInvitation } from './ja-invitation.ts';
import { jaMails } from './ja-mails.ts';
import { jaOrder } from './ja-order.ts';
import { jaPreorders } from './ja-preorders.ts';
import { jaActivity, jaReconciliation } from './ja-records.ts';
import { jaBulk, jaRun, jaRuns } from './ja-runs.ts';
import { jaSafeMode } from './ja-safe-mode.ts';
import { jaSettings } from './ja-settings.ts';
import { jaShipping } from './ja-shipping.ts';
import { jaSubscriptions } from './ja-subscriptions.ts';

/**
 * Words of the screens that a person opens later, in Japanese. The first such screen loads them
 * all.
 */
export const jaLater = {
  desk: jaDesk,
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
  forms: jaForms,
  settings: jaSettings,
  invitation: jaInvitation,
  preorders: jaPreorders,
  subscriptions: jaSubscriptions,
  bulk: jaBulk,
  runs: jaRuns,
  run: jaRun,
  filters: jaFilters,
} as const;
