import type { jaProposal } from '../ja/proposal.ts';
import type { LocaleWords } from '../words.ts';

/** The second person (F59) in English. */
export const enProposal: LocaleWords<typeof jaProposal> = {
  own: 'Your command ({{what}}, {{yen}}) waits for a second person.',
  others: 'The command by {{by}} ({{what}}, {{yen}}) waits for a second person.',
  lead: 'The amount is above the limit for one person, so nothing has been done yet. F-REGI has not been told.',
  times: 'Given {{at}}, expires {{until}}',
  outcome: 'Once a second person agrees:',
  agree: 'I have checked this: carry it out',
  word: 'Reason for declining',
  wordWanted: 'Enter the reason for declining.',
  decline: 'Decline',
  notOwn: 'You cannot agree to your own command. Ask another person.',
  withdraw: 'Withdraw the command',
};
