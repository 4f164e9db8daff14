/**
 * The possible answers of a CGI, written from the protocol (§3) and not from the sandbox: first
 * line, number of lines, and the form of each.
 */
const SEQNO = '\\d{20}';
const CODE = '[A-Za-z0-9]{1,6}';
const DETAIL = `(?:\\d*\\n(?:${SEQNO})?\\n(?:${CODE})?\\n)?`;
const OK: Readonly<Record<string, string>> = {
  'authm.cgi': `OK\\n${CODE}\\n${SEQNO}\\n[^\\n]*\\n|OUTPUT\\n(?:[^\\n]*\\n)+`,
  'auth.cgi': `OK\\n${CODE}\\n${SEQNO}\\n|OUTPUT\\n(?:[^\\n]*\\n)+`,
  'sale.cgi': `OK\\n${SEQNO}\\n`,
  'authcancel.cgi': 'OK\\n',
  'salecancel.cgi': `OK\\n${SEQNO}\\n`,
  'authchange.cgi': `OK\\n${SEQNO}\\n${CODE}\\n`,
  'salechange.cgi': `OK\\n${SEQNO}\\n${CODE}\\n`,
  'salem.cgi': `OK\\n${CODE}\\n${SEQNO}\\n`,
  'csvsalem.cgi': 'OK\\n',
  'customerinfo.cgi': 'OK\\n\\d{4}\\n(?:\\d\\d\\n\\d\\d\\n)?',
  'leavecustomer.cgi': 'OK\\n',
  'compsettleapply.cgi': `OK\\n${SEQNO}\\n`,
  'compsettlecancel.cgi': 'OK\\n',
  'compsettlechange.cgi': 'OK\\n',
  'compsettleinfo.cgi': `OK\\n${SEQNO}\\n[A-Za-z0-9-]{1,20}\\n[1-7]\\n${DETAIL}`,
  'convorder.cgi': `OK\\n\\d+\\n${SEQNO}\\n(?:https?://[^\\n]+)?\\n`,
};
const NG_CARD = 'NG\\n[A-Z0-9]+(?:-[A-Z0-9]+)+\\([^\\n]+\\)\\n';
const NG_REDIRECT = 'NG\\n[A-Z0-9]+(?:-[A-Z0-9]+)+\\n[^\\n]+\\n';

const GRAMMAR = new Map(
  Object.entries(OK).map(([cgi, ok]) => {
    const ng = cgi.startsWith('compsettle') ? NG_REDIRECT : NG_CARD;
    return [cgi, new RegExp(`^(?:${ok}|${ng})$`)];
  }),
);

const EUC = new TextDecoder('euc-jp', { fatal: true });

/** Returns an answer's lines, or null if it does not fit the grammar of its CGI. */
export function readAnswer(cgi: string, bytes: Buffer): readonly string[] | null {
  let text = '';
  try {
    text = EUC.decode(bytes);
  } catch {
    return null;
  }
  return GRAMMAR.get(cgi)?.test(text) ? text.split('\n') : null;
}
