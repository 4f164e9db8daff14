import type { Mutant } from './mutant.ts';

/** Mutants that tell something false of the cardholder, or trust their browser (Y1, Y2). */
const inFile = (name: string) => (from: string, to: string) => ({
  file: `core/src/${name}.ts`,
  from,
  to,
});
const authentication = inFile('domain/transaction/authentication');
const challenge = inFile('turns/cardholder/challenge');
const ending = inFile('turns/ending');
const hearReturn = inFile('turns/cardholder/hear-return');
const inDoubt = inFile('turns/in-doubt');
const page = inFile('turns/page');
const protocol = inFile('turns/protocol');

export const MUTANTS_OF_CARDHOLDERS: readonly Mutant[] = [
  {
    name: 'a change keeps the authentication',
    breaks: 'the transaction of an amount change is told as authenticated, like the one before it',
    edits: [
      authentication(
        "return isProtected(before) || before === 'lapsed' ? 'lapsed' : 'not_authenticated';",
        'return before;',
      ),
    ],
  },
  {
    name: 'a token is an authentication',
    breaks: 'an authorization by a token is told as authenticated, though nobody confirmed it',
    edits: [
      page(
        "return operation?.cardToken == null ? 'not_authenticated' : NOT_TOLD;",
        "return operation?.cardToken == null ? 'not_authenticated' : 'authenticated';",
      ),
    ],
  },
  {
    name: 'a challenge is a refusal',
    breaks: 'an authorization that waits for the cardholder ends at once as declined',
    edits: [
      challenge(
        'if (operation.cardToken === null) {',
        'if (operation.cardToken !== operation.id) {',
      ),
    ],
  },
  {
    name: 'a challenge is a doubt',
    breaks: 'an operation that waits for the cardholder becomes one of unknown outcome',
    edits: [
      inDoubt(
        "if (step.state === 'challenged') return withOperation(page, { ...operation, dueAt });",
        "if (step.state === 'challenged') return withOperation(page, { ...operation, dueAt, state: 'unknown' });",
      ),
    ],
  },
  {
    name: 'the cardholder has no time',
    breaks: 'a look without a trace ends the wait while the cardholder may still confirm',
    edits: [
      inDoubt(
        "sentAt + (state === 'challenged' ? timing.confirmMs : timing.quarantineMs)",
        'sentAt + timing.quarantineMs',
      ),
    ],
  },
  {
    name: 'a browser’s NG is believed',
    breaks: 'a return that says NG ends the operation without a look',
    edits: [
      hearReturn(
        '  return take(returned, timing);',
        "  if (words.code === 'NG') return endUnconfirmed(returned, step);\n  return take(returned, timing);",
      ),
      hearReturn(
        "import type { Page, Turn } from '../operation.ts';",
        "import { endUnconfirmed } from './challenge.ts';\nimport type { Page, Turn } from '../operation.ts';",
      ),
    ],
  },
  {
    name: 'a browser’s OK is believed',
    breaks: 'a return that says OK ends the operation as authorized without a look',
    edits: [
      hearReturn(
        '  return take(returned, timing);',
        "  if (words.code === 'OK') return believe(returned, step, timing);\n  return take(returned, timing);",
      ),
      hearReturn(
        "import { take } from '../protocol.ts';",
        "import { hear, take } from '../protocol.ts';\nconst believe = (page: Page, step: Step, timing: Timing) =>\n  hear({ ...page, step: { ...step, state: 'unknown' } }, step, { kind: 'done', seqno: '9'.repeat(20), authCode: 'A1' }, timing);",
      ),
      hearReturn(
        "import type { Page, Turn } from '../operation.ts';",
        "import type { Page, Step, Turn } from '../operation.ts';",
      ),
    ],
  },
  {
    name: 'the page is kept',
    breaks: 'F-REGI’s page for the cardholder stays with an operation that has ended',
    edits: [ending('    challengePage: null,\n  };', '  };')],
  },
  {
    name: 'who did not confirm is asked anew',
    breaks: 'an authorization that nobody confirmed is asked for again, without a card',
    edits: [protocol("if (step.state === 'challenged') return endUnconfirmed(tried, step);", '')],
  },
];
