import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PERMISSIONS, PERMISSIONS_OF, ROLES } from '../core/src/domain/commands/permissions.ts';
import {
  keysOf,
  ORDER_STATUS,
  TRANSACTION_STATE,
  type TransactionState,
} from '../core/src/domain/order/states.ts';
import { explain, REASON, REMEDY, type Reason } from '../core/src/domain/reasons/index.ts';
import { STATUS_CHANGES } from '../core/src/domain/rules/change-status.ts';
import { GOALS, LINK, VERB, VERBS, type Verb } from '../core/src/domain/transaction/link.ts';
import type { Refusal } from '../core/src/turns/asks.ts';
import { readRefusal } from '../core/src/turns/judge.ts';
import { LIMITS, TIMING } from '../core/src/turns/timing.ts';
import { ERROR_CODES } from '../sandbox/src/error-codes.ts';
import { BEHAVIOURS } from '../sandbox/tools/behaviours.ts';
import { CUSTOMER_COLUMNS, ERASERS } from '../server/src/store/erasure/personal-data.ts';
import { asvsFindings, writeAsvs } from './asvs.ts';
import { ruleFindings, ruleSections } from './rules.ts';
import { walkSections } from './walk.ts';

/**
 * `npm run docs`: writes the generated parts of the documents from the code, so that they cannot
 * drift. With `--check` it writes nothing, and fails if a document is out of date.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));

const PARTS: Readonly<Record<string, () => string>> = {
  link: linkTable,
  verbs: verbTable,
  status: statusTable,
  roles: roleTable,
  timing: timingTable,
  refusals: refusalTable,
  reasons: reasonTable,
  behaviours: behaviourTable,
  codes: codeTable,
  rules: ruleSections,
  walk: walkSections,
  personal: personalTable,
  erasers: eraserTable,
};

const DOCUMENTS = [
  'ARCHITECTURE.md',
  'docs/money-operation.md',
  'docs/rules.md',
  'docs/manual-walk.md',
  'docs/personal-data.md',
  'docs/reference/reasons.md',
  'docs/sandbox-fidelity.md',
];

/** State × goal → the next ask. */
function linkTable(): string {
  return table(
    ['F-REGIステータス', 'state', ...GOALS.map((goal) => `goal: ${goal}`)],
    keysOf(TRANSACTION_STATE).map((state) => [
      TRANSACTION_STATE[state].ja,
      `\`${state}\``,
      ...GOALS.map((goal) => cellText(state, goal)),
    ]),
  );
}

function cellText(state: TransactionState, goal: (typeof GOALS)[number]): string {
  const cell = LINK[state][goal];
  if (cell === 'capture') return '**capture** (amount differs: **change_amount** first)';
  return cell === 'reached' || cell === 'no_way' ? cell.replace('_', ' ') : `**${cell}**`;
}

const CGI: Record<Verb, string> = {
  capture: 'sale.cgi',
  void: 'authcancel.cgi',
  refund: 'salecancel.cgi',
  change_amount: 'authchange.cgi',
  change_captured_amount: 'salechange.cgi',
  authorize: 'authm.cgi',
};

function verbTable(): string {
  return table(
    ['verb', 'wire', 'from', 'to', 'a lost answer'],
    VERBS.map((verb) => {
      const { from, to, makesTransaction, lostAnswer } = VERB[verb];
      const again = 'asked again after the quarantine; “already …” then proves the first ask';
      const never = 'never repeated: looked up, or a person is asked';
      return [
        `\`${verb}\``,
        CGI[verb],
        from.join(', '),
        makesTransaction ? `${to}, **new 取引番号**` : to,
        lostAnswer === 'ask_again' ? again : never,
      ];
    }),
  );
}

function statusTable(): string {
  return table(
    ['from', 'to'],
    keysOf(ORDER_STATUS).map((status) => [
      `${ORDER_STATUS[status].ja} \`${status}\``,
      STATUS_CHANGES[status].map((to) => `${ORDER_STATUS[to].ja} \`${to}\``).join(', '),
    ]),
  );
}

function roleTable(): string {
  return table(
    ['permission', ...ROLES],
    PERMISSIONS.map((permission) => [
      `\`${permission}\``,
      ...ROLES.map((role) => (PERMISSIONS_OF[role].includes(permission) ? 'yes' : '–')),
    ]),
  );
}

function timingTable(): string {
  const waits = Object.entries(TIMING).map(([name, ms]) => [`\`${name}\``, `${ms / 1000} s`]);
  const limits = Object.entries(LIMITS).map(([name, value]) => [`\`${name}\``, `${value} times`]);
  return table(['constant', 'value'], [...waits, ...limits]);
}

const REFUSALS: readonly Refusal[] = [
  'already_captured',
  'already_voided',
  'already_refunded',
  'not_captured',
  'capture_deadline_passed',
  'transaction_not_found',
  'card_declined',
  'customer_not_registered',
  'request_rejected',
  'unclear',
];

/** The meaning of each refusal for each verb: at the first ask, and for our own repeat. */
function refusalTable(): string {
  const meaning = (verb: Verb, refusal: Refusal) => {
    const [first, again] = [false, true].map((repeat) => readRefusal(verb, refusal, repeat).kind);
    return first === again ? `${first}` : `${first}; repeat: **${again}**`;
  };
  return table(
    ['refusal', ...VERBS.map((verb) => `\`${verb}\``)],
    REFUSALS.map((refusal) => [`\`${refusal}\``, ...VERBS.map((verb) => meaning(verb, refusal))]),
  );
}

function reasonTable(): string {
  return keysOf(REASON)
    .map((reason: Reason) => {
      const ja = explain(reason, 'ja');
      const en = explain(reason, 'en');
      const remedies = ja.remedies.map((id) => `\`${id}\` ${REMEDY[id].ja} / ${REMEDY[id].en}`);
      return [
        `### \`${reason}\``,
        '',
        `${ja.cause}${ja.remedy}`,
        '',
        `${en.cause} ${en.remedy}`,
        '',
        `Remedies: ${remedies.join('; ') || 'none'}`,
      ].join('\n');
    })
    .join('\n\n');
}

/** The sandbox: endpoint × behaviour × mark × test. */
function behaviourTable(): string {
  return table(
    ['endpoint', 'behaviour', 'mark', 'test'],
    BEHAVIOURS.map(({ endpoint, behaviour, mark, test: [file, title] }) => [
      `\`${endpoint}\``,
      behaviour,
      mark,
      `\`${file}\`: ${title}`,
    ]),
  );
}

/** The sandbox's codes, and how sure they are. */
function codeTable(): string {
  return table(
    ['code', 'sentence', 'in English', 'mark'],
    ERROR_CODES.map(({ code, ja, en, mark }) => [`\`${code}\``, ja, en, mark]),
  );
}

/** Every column with a customer's data, and what erases it. */
function personalTable(): string {
  return table(
    ['column', 'what stands there', 'erased by'],
    Object.entries(CUSTOMER_COLUMNS).flatMap(([name, columns]) =>
      Object.entries(columns).map(([column, { what, eraser }]) => [
        `\`${name}.${column}\``,
        what,
        eraser,
      ]),
    ),
  );
}

function eraserTable(): string {
  return table(['name', 'what it is'], Object.entries(ERASERS));
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

function generate(text: string): string {
  return text.replace(
    /(<!-- generated: (\w+) -->\n)[\s\S]*?(<!-- end -->)/g,
    (_, begin: string, name: string, end: string) => {
      const part = PARTS[name];
      if (part === undefined) throw new Error(`no generated part is called ${name}`);
      return `${begin}${part()}\n${end}`;
    },
  );
}

const isCheck = process.argv.includes('--check');
for (const finding of isCheck ? [...ruleFindings(), ...asvsFindings()] : []) {
  console.error(finding);
  process.exitCode = 1;
}
for (const document of DOCUMENTS) {
  await keep(document, generate(await readFile(join(ROOT, document), 'utf8')));
}
const asvs = writeAsvs();
await keep(asvs.path, asvs.text);

/** Writes a document that has changed, or tells that it should. */
async function keep(document: string, after: string): Promise<void> {
  const path = join(ROOT, document);
  if ((await readFile(path, 'utf8')) === after) return;
  if (isCheck) {
    console.error(`${document} is not current: run npm run docs`);
    process.exitCode = 1;
  } else {
    await writeFile(path, after);
    console.log(`${document} written`);
  }
}
