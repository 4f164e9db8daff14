/**
 * Returns the 決済番号 of a 決済完了通知 (protocol §8.2); null if there is none. It reads nothing else: the
 * number is digits in any encoding of the rest.
 */
export function settlenoOf(notice: Buffer): string | null {
  const settleno = new URLSearchParams(notice.toString('latin1')).get('settleno');
  return settleno !== null && /^\d{20}$/.test(settleno) ? settleno : null;
}
