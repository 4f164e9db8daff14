import { describe, expect, test } from 'vitest';
import { fuzz } from '../tools/fuzz/fuzz.ts';
import { authm, CARD, SEQNO, seed, start } from './support.ts';

/** Odd requests in short; `node sandbox/tools/fuzz.ts` asks 200,000 of them. */
describe('odd requests', () => {
  test.each([1, 2])(
    'seed %d: the sandbox does not crash, answers in the grammar, and its ledger is what it told',
    async (dice) => {
      const { told, findings } = await fuzz(2_500, dice);
      expect(findings).toEqual([]);
      // The requests have substance: many are in order, many are not.
      expect(told.OK).toBeGreaterThan(300);
      expect(told.NG).toBeGreaterThan(500);
    },
  );
});

describe('a thousand at once', () => {
  test('a thousand authorizations at once are a thousand transactions with a thousand numbers', async () => {
    const sandbox = await start();
    const asked = Array.from({ length: 1_000 }, (_, at) =>
      authm(sandbox, { ...CARD, ID: `K-${at}` }),
    );
    const numbers = (await Promise.all(asked)).map(([first, , seqno]) => `${first} ${seqno}`);
    expect(new Set(numbers).size).toBe(1_000);
    expect(numbers.every((number) => /^OK \d{20}$/.test(number))).toBe(true);
    expect(sandbox.gateway.ledger.list()).toHaveLength(1_000);
  });

  test('a thousand captures of one transaction at once are one capture', async () => {
    const sandbox = await start();
    await seed(sandbox, 'authorized');
    const url = `${sandbox.url}/connect/sale.cgi?SHOPID=00001&SEQNO=${SEQNO}`;
    const answers = await Promise.all(
      Array.from({ length: 1_000 }, async () => (await (await fetch(url)).text()).slice(0, 2)),
    );
    expect(answers.filter((first) => first === 'OK')).toHaveLength(1);
    expect(answers.filter((first) => first === 'NG')).toHaveLength(999);
    expect(sandbox.gateway.ledger.list()[0]?.history).toHaveLength(2);
  });
});
