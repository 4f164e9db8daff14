import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/**
 * Each rule of the shop and of the money operation: its text, its place in the code, and the tests
 * that prove it. Code names a rule in a comment, a test begins its title with it: `C2: the billed
 * …`.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** [M] stands in the manual; [R] is Renkei's own, where the manual is silent or leaves a trap. */
const RULES = {
  S1: '[M] F-REGI自動連携 is on or off, shop by shop. Off: no operation on an order calls F-REGI.',
  S2: '[R] Authorize at the order or check validity only; capture deadline; mails: per shop and kind.',
  C1: '[M] 未入金 → 入金済 of a card order that is 承認済 captures at F-REGI, from detail and list.',
  C2: '[M] The billed amount wins: an authorization for another is changed, then captured, as one.',
  C3: '[M] By card 2 to 9,999,999 yen; 0円 becomes 決済不要, 1円 is refused.',
  C4: '[M] A declined change of amount leaves the order unpaid and the authorization as it was.',
  C5: '[M] What is not 承認済 is marked paid without F-REGI, and never silently.',
  C6: '[M] In a run, what was captured or voided at F-REGI is an error line; the others are done.',
  C7: '[R] 処理済み and 保留 are captured from the detail, one by one.',
  C8: '[M] With it 入金確認メール goes out, or is left to be sent by hand; sendings are counted.',
  C9: '[R] The payment date is today in Japan, or earlier.',
  C10: '[R] Past the deadline F-REGI refuses the capture; warnings come before it.',
  C11: '[M] Other kinds, 決済不要, or the link off: a change of ours, and no call.',
  V1: '[M] F-REGIの取引情報を取り消す is offered for card orders in 通常処理; off by default.',
  V2: '[M] With it, 取消, 返品, 未回収 and 保留 void what is 承認済 and refund what is 売上済.',
  V3: '[R] The change is made only when F-REGI’s success is known.',
  V4: '[M] Without it the transaction stays; what is left there can be cancelled later.',
  V5: '[M] Where there is nothing to cancel, nothing is asked.',
  V6: '[R] Stock, points and mail are asked at the same place, each off by default.',
  V7: '[R] Back to 通常処理 only if the transaction was not cancelled.',
  V8: '[M] Postage only: the amounts are edited and the order is captured, not cancelled.',
  A1: '[M] Editing amounts while 未入金 tells F-REGI nothing; the capture does.',
  A2: '[M] An amount changed at the console breaks the link; the order can be linked again.',
  A3: '[M] After 入金済 amounts change with what F-REGI has captured, or not at all.',
  A4: '[M] A declined change of a captured amount leaves the capture as it was.',
  O1: '[R] A transaction at F-REGI is of one order; no other order shows it as its own or moves it.',
  O2: '[R] The balance of an order is one function, and every place shows its sums and no others.',
  O3: '[R] What is settled otherwise is recorded with how, when and by whom; until then it is open.',
  P1: '[M] 0円: 決済方法 becomes 決済不要, and the transaction is voided or refunded.',
  P2: '[M] With the box off F-REGI is left alone, and it is said so.',
  P3: '[M] From a card to another method there is no way back.',
  U1: '[M] 入金日取消 leaves F-REGI 売上済; the refund is an explicit choice.',
  U2: '[M] Marked paid again after it, F-REGI is told nothing; never silently.',
  B1: '[M] A card pre-order is 予約（未オーソリ）: registered, nothing reserved.',
  B2: '[M] 予約 → 通常処理 authorizes; declined it is 通常処理（有効性確認済み）.',
  B3: '[R] From there: authorize again, change the method, or cancel.',
  B4: '[M] Subscriptions make one order per delivery, authorized by 顧客番号; what is overdue by a cycle is made only by a press.',
  L1: '[M] The tabs, with counts.',
  L2: '[M] The unpaid tab is 通常処理 and 未入金; filtered by payment kinds.',
  L3: '[M] The manual’s columns; 総合計金額 and 請求金額合計 of the whole result.',
  L4: '[M] すべてチェック, then 入金済 for all that are checked, with the box for the mail.',
  L5: '[M] The error panel in the manual’s words, with F-REGI’s own sentence per order.',
  L6: '[M] The result as CSV, in selectable formats.',
  Y1: '[R] An order says how its cardholder was authenticated, and every press what it does to that.',
  Y2: '[R] F-REGI’s OUTPUT waits for the cardholder, is never unknown, and no browser is believed.',
  M1: '[R] One operation is one intent on one order; every call is written before it is sent.',
  M2: '[R] Succeeded, declined, not sent, unknown; an unknown is never shown as a failure.',
  M3: '[R] At most one operation is open per order.',
  M4: '[R] After a crash all come to an end; what F-REGI does not guard is never repeated.',
  M5: '[R] Never twice, never lost: at most one capture per order.',
  M6: '[R] A preview is the same decision as the command, shown without sending.',
} as const;
type Rule = keyof typeof RULES;

type Traces = {
  /** Files whose comments name the rule. */
  readonly code: readonly string[];
  /** Titles that begin with the rule, by file. */
  readonly tests: readonly { readonly file: string; readonly title: string }[];
};

/** Returns the document's generated part: a section for each rule. */
export function ruleSections(): string {
  const traces = traceRules();
  return rules()
    .map((rule) => {
      const { code, tests } = traces(rule);
      const titles = tests.map(({ file, title }) => `- ${title} ${link(file)}`);
      return [
        `### ${rule}`,
        '',
        RULES[rule],
        '',
        `Lives in ${code.map(link).join(', ')}.`,
        '',
        ...titles,
      ].join('\n');
    })
    .join('\n\n');
}

/**
 * Returns a sentence for each mismatch between rules, code and tests: `npm run check` fails for
 * each.
 */
export function ruleFindings(): string[] {
  const traces = traceRules();
  return rules().flatMap((rule) => {
    const { code, tests } = traces(rule);
    return [
      ...(tests.length > 0 ? [] : [`rule ${rule} has no test whose title begins “${rule}: ”`]),
      ...(code.length > 0 ? [] : [`rule ${rule} is named in no comment of the code`]),
    ];
  });
}

function rules(): Rule[] {
  return Object.keys(RULES) as Rule[];
}

function link(file: string): string {
  return `[\`${file.replace(/^(core|server)\/src\//, '')}\`](../${file})`;
}

function traceRules(): (rule: Rule) => Traces {
  const files = execFileSync('git', ['ls-files', '-co', '--exclude-standard'], { cwd: ROOT })
    .toString('utf8')
    .split('\n')
    .filter((file) => /\.(ts|tsx)$/.test(file) && existsSync(join(ROOT, file)))
    .sort() // git lists untracked files first
    .map((file) => ({ file, text: readFileSync(join(ROOT, file), 'utf8') }));
  const sources = files
    .filter(({ file }) => file.includes('/src/'))
    .map(({ file, text }) => ({ file, named: rulesIn((text.match(COMMENT) ?? []).join('\n')) }));
  const titles = files
    .filter(({ file }) => file.endsWith('.test.ts'))
    .flatMap(({ file, text }) =>
      [...text.matchAll(TITLE), ...text.matchAll(TABLE_TITLE)]
        .sort((a, b) => a.index - b.index)
        .map(({ groups: { title = '', names = '' } = {} }) => {
          return { file, title: title.replaceAll('|', '\\|'), named: rulesIn(names) };
        }),
    );
  return (rule) => ({
    code: sources.filter(({ named }) => named.has(rule)).map(({ file }) => file),
    tests: titles.filter(({ named }) => named.has(rule)),
  });
}

const COMMENT = /\/\*[\s\S]*?\*\/|\/\/.*$/gm;
const NAME = '[SCVAPUBLMOY]\\d{1,2}(?:[–-][SCVAPUBLMOY]?\\d{1,2})?';
const NAMES = `(?<names>(?:${NAME}(?:, )?)+)`;
/** A string that begins with one or several rules and a colon: the title of a test, or of a row. */
const TITLE = new RegExp(`(['"\`])(?<title>${NAMES}:(?:(?!\\1)[^\\n])*)\\1`, 'g');
/** The same in a table of text: the title of the rows below it (test/kit/table.ts). */
const TABLE_TITLE = new RegExp(`^\\s*# (?<title>${NAMES}:.*)$`, 'gm');

/** Returns every rule that a text names; writes out ranges such as C1–C9. */
function rulesIn(text: string): ReadonlySet<string> {
  const named = new Set<string>();
  const range = /\b([SCVAPUBLMOY])(\d{1,2})(?:[–-][SCVAPUBLMOY]?(\d{1,2}))?\b/g;
  for (const [, letter, from, to = from] of text.matchAll(range)) {
    for (let n = Number(from); n <= Number(to); n += 1) named.add(`${letter}${n}`);
  }
  return named;
}
