type InvitationFacts = {
  readonly shopName: string;
  readonly name: string;
  readonly invitedBy: string;
  readonly link: string;
  readonly days: number;
};

/**
 * Writes the mail of an invitation in both languages: nobody knows yet which one the person reads.
 */
export function writeInvitation({ shopName, name, invitedBy, link, days }: InvitationFacts) {
  const subject = `${shopName} への招待 / Invitation to ${shopName}`.replace(/[\r\n]+/g, ' ');
  const body = [
    `${name} 様`,
    '',
    `${invitedBy} さんから、${shopName} の受注管理に招待されています。`,
    `次のリンクを開いて参加してください。${days}日間有効で、一度だけ使えます。`,
    '',
    link,
    '',
    '心当たりがない場合は、このメールを破棄してください。',
    '',
    `${invitedBy} invites you to the order back office of ${shopName}.`,
    `Open the link above to accept. It works once, within ${days} days.`,
    'If you did not expect this invitation, delete this mail.',
    '',
  ].join('\n');
  return { subject, body };
}
