import type { jaLazy } from '../ja/lazy.ts';
import type { LocaleWords } from '../words.ts';
import { enAccount } from './account.ts';
import { enActivity } from './activity.ts';
import { enAnswers } from './answers.ts';
import { enAttention } from './attention.ts';
import { enConfirm } from './confirm.ts';
import { enFilters } from './filters.ts';
import { enDeadlines, enHome } from './home.ts';
import { enInvitation } from './invitation.ts';
import { enMails } from './mails.ts';
import { enOrder } from './order.ts';
import { enOrderDesk } from './order-desk.ts';
import { enPreorders } from './preorders.ts';
import { enProposal } from './proposal.ts';
import { enReconciliation } from './reconciliation.ts';
import { enReset } from './reset.ts';
import { enBulk, enRun, enRuns } from './runs.ts';
import { enSafeMode } from './safe-mode.ts';
import { enSettings } from './settings.ts';
import { enShipping } from './shipping.ts';
import { enSubscriptions } from './subscriptions.ts';
import { enUnsaved } from './unsaved.ts';

/** Words of the screens that a person opens later, in English. */
export const enLazy: LocaleWords<typeof jaLazy> = {
  account: enAccount,
  desk: enOrderDesk,
  order: enOrder,
  proposal: enProposal,
  answers: enAnswers,
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
  reset: enReset,
  preorders: enPreorders,
  subscriptions: enSubscriptions,
  bulk: enBulk,
  runs: enRuns,
  run: enRun,
  filters: enFilters,
};
