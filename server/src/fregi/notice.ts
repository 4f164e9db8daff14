/**
 * The 決済番号 that a 決済完了通知 is about (protocol §8.2); null where there is none. Nothing else of
 * it is read: the number is of digits in whatever encoding the rest may be.
 */
export function settlenoOf(notice: Buffer): string | null {
  const settleno = new URLSearchParams(notice.toString('latin1')).get('settleno');
  return settleno !== null && /^\d{20}$/.test(settleno) ? settleno : null;
}
