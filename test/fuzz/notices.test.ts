import { expect, test } from 'vitest';
import { settlenoOf } from '../../server/src/fregi/notice.ts';
import { createRandom } from '../sim/random.ts';
import { mutate } from './mutate.ts';

/** Spoils 決済完了通知: no reader throws, and Renkei asks about no payment that the bytes do not name. */
const NOTICES = Number(process.env.FUZZ ?? 20_000) / 5;
const SETTLENO = '00000000000000012345';

test(`F22: no spoilt notice of ${NOTICES} makes the reader throw or is taken for another's`, {
  timeout: 120_000,
}, () => {
  const random = createRandom(20_261_125);
  const form = { shopid: '90001', id: '100000000011', settleno: SETTLENO, pay: '9115' };
  const notice = new TextEncoder().encode(new URLSearchParams(form).toString());
  let read = 0;
  let refused = 0;
  for (let n = 0; n < NOTICES; n += 1) {
    const spoilt = Buffer.from(mutate(notice, [notice], random));
    const settleno = settlenoOf(spoilt);
    if (settleno === null) refused += 1;
    else if (!plainOf(spoilt).includes(settleno)) expect.fail(settleno);
    else read += 1;
  }
  expect(read).toBeGreaterThan(0);
  expect(refused).toBeGreaterThan(0);
});

/** Returns the bytes with the digits that a form may write in another way. */
function plainOf(bytes: Buffer): string {
  return bytes.toString('latin1').replaceAll(/%3([0-9])/g, '$1');
}
