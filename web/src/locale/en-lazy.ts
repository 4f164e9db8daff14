import { enActivity } from './en-activity.ts';
import { enAttention } from './en-attention.ts';
import { enConfirm } from './en-confirm.ts';
import { enFilters } from './en-filters.ts';
import { enDeadlines, enHome } from './en-home.ts';
import { enInvitation } from './en-invitation.ts';
import { enMails } from './en-mails.ts';
import { enOrder } from './en-order.ts';
import { enOrderDesk } from './en-order-desk.ts';
import { enPreorders } from './en-preorders.ts';
import { enReconciliation } from './en-reconciliation.ts';
import { enBulk, enRun, enRuns } from './en-runs.ts';
import { enSafeMode } from './en-safe-mode.ts';
import { enSettings } from './en-settings.ts';
import { enShipping } from './en-shipping.ts';
import { enSubscriptions } from './en-subscriptions.ts';
import { enUnsaved } from './en-unsaved.ts';
import type { jaLazy } from './ja-lazy.ts';
import type { LocaleWords } from './words.ts';

/** Words of the screens that a person opens later, in English. */
export const enLazy: LocaleWords<typeof jaLazy> = {
  desk: enOrderDesk,
  order: enOrder,
  attention: enAttention,
  confirm: enConfirm,
  home: enHome,
  deadlines: enDeadlines,
  reconciliation: enReconciliation,
  activity: enActivity,
  mails: enMails,
  safeMode: enSafeMode,
  shipping: enShipping,
  unsaved: enUnsaved,
  settings: enSettings,
  invitation: enInvitation,
  preorders: enPreorders,
  subscriptions: enSubscriptions,
  bulk: enBulk,
  runs: enRuns,
  run: enRun,
  filters: enFilters,
};
