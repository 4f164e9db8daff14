/**
 * The cards of the sandbox. The test card and its security codes are F-REGI's own (protocol §12);
 * the others are invented, so that each refusal can be had by typing a number.
 */
type Verdict =
  | { readonly approved: true }
  | { readonly approved: false; readonly error: CardError };
export type CardError = { readonly code: string; readonly text: string };

/**
 * Invented cards, by their last four digits. The codes and what they mean are confirmed, their
 * sentences are inferred (protocol §5.3).
 */
const INVENTED: Record<string, { readonly on: 'auth' | 'change'; readonly error: CardError }> = {
  '1155': { on: 'auth', error: { code: 'JCN-G55', text: '利用限度額を超えています' } },
  '1156': { on: 'change', error: { code: 'JCN-G55', text: '利用限度額を超えています' } },
  '1161': { on: 'auth', error: { code: 'JCN-G61', text: '無効なカードです' } },
  '1195': { on: 'auth', error: { code: 'JCN-G95', text: 'カード会社がオンライン停止中です' } },
};

/** 4980, and no zero among the digits from the fifth on: F-REGI's test card. */
export function isTestCard(pan: string): boolean {
  return /^4980[1-9]{12}$/.test(pan);
}

/**
 * A card number as the ledger keeps it: only its last four digits. A real card may look like a
 * test card, and a sandbox is no place for it.
 */
export function maskPan(pan: string): string {
  return pan.slice(-4).padStart(pan.length, '*');
}

/** Judges an authorization. That 123 is declined is confirmed; with which code is invented. */
export function judgeAuthorization(pan: string, securityCode: string | null): Verdict {
  if (securityCode === '123') {
    return refused({ code: 'JCN-G44', text: 'セキュリティコードが正しくありません' });
  }
  const invented = INVENTED[pan.slice(-4)];
  return invented?.on === 'auth' ? refused(invented.error) : { approved: true };
}

/** A change reserves the new amount while the old one still stands (protocol §4.5). */
export function judgeChange(pan: string): Verdict {
  const invented = INVENTED[pan.slice(-4)];
  return invented?.on === 'change' ? refused(invented.error) : { approved: true };
}

function refused(error: CardError): Verdict {
  return { approved: false, error };
}
