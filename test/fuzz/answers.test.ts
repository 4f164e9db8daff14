import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Verb } from '../../core/src/domain/transaction/link.ts';
import type { Answer } from '../../core/src/turns/asks.ts';
import { decodeAnswer } from '../../server/src/fregi/wire.ts';
import { createRandom } from '../sim/random.ts';
import { mutate } from './mutate.ts';

/**
 * Spoils F-REGI's answers: no reader throws, and only bytes that fit the whole grammar count as an
 * answer. The grammar is written here a second time. All of it: `npm run fuzz`.
 */
const ANSWERS = Number(process.env.FUZZ ?? 20_000);
const SEQNO = '00000000000000002954';

type Fixture = { readonly cgi: string; readonly hex: string };
const FIXTURES: readonly Fixture[] = JSON.parse(
  readFileSync(new URL('../fixtures/wire/answers.json', import.meta.url), 'utf8'),
);
const BYTES = FIXTURES.map(({ hex }) => Uint8Array.from(Buffer.from(hex, 'hex')));

const VERB_OF: Readonly<Record<string, Verb>> = {
  'sale.cgi': 'capture',
  'authcancel.cgi': 'void',
  'salecancel.cgi': 'refund',
  'authchange.cgi': 'change_amount',
  'salechange.cgi': 'change_captured_amount',
  'authm.cgi': 'authorize',
};

const MADE = String.raw`(?<seqno>\d{20})\r?\n(?<authCode>[A-Za-z0-9]{1,6})`;
const GRAMMAR: Record<Verb, RegExp> = {
  capture: new RegExp(`^OK\r?\n${SEQNO}(\r?\n)?$`),
  void: /^OK(\r?\n)?$/,
  refund: /^OK\r?\n\d{20}(\r?\n)?$/,
  change_amount: new RegExp(`^OK\r?\n(?!${SEQNO})${MADE}(\r?\n)?$`),
  change_captured_amount: new RegExp(`^OK\r?\n(?!${SEQNO})${MADE}(\r?\n)?$`),
  authorize: /^OK\r?\n(?<authCode>[A-Za-z0-9]{1,6})\r?\n(?<seqno>\d{20})(\r?\n[^\n]*)?(\r?\n)?$/,
};

test(`F07: no spoilt answer of ${ANSWERS} makes the reader throw or is wrongly accepted`, {
  timeout: 300_000,
}, () => {
  const random = createRandom(20_261_120);
  const kinds = { done: 0, challenge: 0, refused: 0, unsent: 0, unknown: 0 };
  for (let n = 0; n < ANSWERS; n += 1) {
    const fixture = random.pick(FIXTURES);
    const verb = VERB_OF[fixture.cgi];
    if (verb === undefined) throw new Error(`${fixture.cgi} is no call of ours`);
    const bytes = mutate(Buffer.from(fixture.hex, 'hex'), BYTES, random);
    const seqno = verb === 'authorize' ? null : SEQNO;
    const answer = decodeAnswer(bytes, { verb, seqno });
    kinds[answer.kind] += 1;
    const wrong = findingOf(answer, verb, bytes);
    if (wrong !== null) expect.fail(`${verb}: ${wrong}: ${Buffer.from(bytes).toString('hex')}`);
  }
  expect(kinds.unsent).toBe(0);
  for (const kind of ['done', 'challenge', 'refused', 'unknown'] as const)
    expect(kinds[kind]).toBeGreaterThan(0);
});

/** Returns the finding about an answer that was read from bytes, or null. */
function findingOf(answer: Answer, verb: Verb, bytes: Uint8Array): string | null {
  const latin = Buffer.from(bytes).toString('latin1');
  if (answer.kind === 'done') {
    const groups = GRAMMAR[verb].exec(latin);
    if (groups === null) return 'accepted, and not of the grammar';
    const { seqno = null, authCode = null } = groups.groups ?? {};
    const same = seqno === answer.seqno && authCode === answer.authCode;
    return same ? null : 'other numbers than those of the answer';
  }
  if (answer.kind === 'challenge') {
    const isOne = verb === 'authorize' && /^OUTPUT\r?\n\s*\S/.test(latin);
    return isOne ? null : 'a challenge that is none';
  }
  if (answer.kind === 'refused' && !/^NG\r?\n[^\n]+(\r?\n)?$/.test(latin)) {
    return 'a refusal that is none';
  }
  return null;
}
