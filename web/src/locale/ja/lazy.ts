import { jaAccount } from './account.ts';
import { jaActivity } from './activity.ts';
import { jaAnswers } from './answers.ts';
import { jaAttention } from './attention.ts';
import { jaConfirm } from './confirm.ts';
import { jaFilters } from './filters.ts';
import { jaDeadlines, jaHome } from './home.ts';
import { jaInvitation } from './invitation.ts';
import { jaMails } from './mails.ts';
import { jaOrder } from './order.ts';
import { jaOrderDesk } from './order-desk.ts';
import { jaPreorders } from './preorders.ts';
import { jaProposal } from './proposal.ts';
import { jaReconciliation } from './reconciliation.ts';
import { jaReset } from './reset.ts';
import { jaBulk, jaRun, jaRuns } from './runs.ts';
import { jaSafeMode } from './safe-mode.ts';
import { jaSettings } from './settings.ts';
import { jaShipping } from './shipping.ts';
import { jaSubscriptions } from './subscriptions.ts';
import { jaUnsaved } from './unsaved.ts';

/**
 * Words of the screens that a person opens later, in Japanese. The first such screen loads them
 * all.
 */
export const jaLazy = {
  account: jaAccount,
  desk: jaOrderDesk,
  order: jaOrder,
  proposal: jaProposal,
  answers: jaAnswers,
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
  reset: jaReset,
  preorders: jaPreorders,
  subscriptions: jaSubscriptions,
  bulk: jaBulk,
  runs: jaRuns,
  run: jaRun,
  filters: jaFilters,
} as const;
