import type { Dice } from '../../src/dice.ts';
import { ENDPOINTS } from '../../src/endpoints/index.ts';

/** A request that nobody would write on purpose, and sometimes one that somebody would. */
export type FuzzRequest = {
  readonly method: 'GET' | 'POST';
  readonly cgi: string;
  readonly form: Buffer;
};

/** Numbers from earlier answers, so that later requests can name them. */
export type Known = {
  readonly seqnos: string[];
  readonly settlenos: string[];
  readonly customers: string[];
};

const CGIS = Object.keys(ENDPOINTS);
const NAMES = [
  'SEQNO',
  'CANCELSEQNO',
  'PAY',
  'ID',
  'CUSTOMERID',
  'MONTHLY',
  'SALETOGETHER',
  'SCODE',
  'TOKEN',
  'PAN1',
  'PAN4',
  'CARDEXPIRY1',
  'CARDEXPIRY2',
  'CARDNAME',
  'PAYMODE',
  'CANCELFIRST',
  'SETTLENO',
  'EXPIRE',
  'PAYTYPESPECIFY',
  'GETDETAIL',
  'SALEDATE',
  'CSVDATA',
  'CONVENI',
  'CUSTOMERNAME1',
  'CUSTOMERTEL',
  'FREE',
  'HOLDERMAIL',
  'REQUIRECOM',
  'GETEXPIRE',
  'CHARCODE',
];
const ODD = [
  '',
  '0',
  '1',
  '-1',
  '2',
  '9999999',
  '10000000',
  '1e3',
  '５０００',
  '99999999999999999999999',
  'a_b',
  'A'.repeat(21),
  'x'.repeat(300),
  '花',
  '〜－',
  '\u0000',
  '\n',
  '\r\n',
  '%',
  '%zz',
  '&=+',
  '__proto__',
  'constructor',
  'toString',
  "'; drop table",
  '<script>',
  '../../etc',
  '2026/02/30',
  '𠮷',
  '\ud800',
  'ｶﾅ',
  ',',
  ',,,,',
  'c-9,5000',
  'utf8',
  'sjis',
  'euc',
  'utf-16',
];

/** Returns the next request. All of it follows from the dice. */
export function generate(dice: Dice, known: Known): FuzzRequest {
  const cgi = pick(dice, CGIS);
  const pairs = usualFor(dice, cgi, known);
  const method = dice.below(4) === 0 ? 'GET' : 'POST';
  for (let spoils = dice.below(3); spoils > 0; spoils -= 1) spoil(dice, pairs);
  const form = pairs.map(([name, value]) => `${name}=${encode(dice, value)}`).join('&');
  const sent = dice.below(20) === 0 ? breakText(dice, form) : form;
  return { method, cgi, form: Buffer.from(sent, 'latin1') };
}

type Pairs = [name: string, value: string][];

/** Returns a request that could well be in order. */
function usualFor(dice: Dice, cgi: string, known: Known): Pairs {
  const seqno = dice.below(10) === 0 ? '00000000000000000001' : pick(dice, known.seqnos, '1');
  const shop: Pairs = [['SHOPID', dice.below(5) === 0 ? '00002' : '00001']];
  const amount = String(2 + dice.below(20_000));
  const card = cardOf(dice);
  const customer = pick(dice, known.customers, 'c-1');
  switch (cgi) {
    case 'authm.cgi': {
      const together = dice.below(4) === 0 ? '1' : '0';
      const monthly: Pairs =
        dice.below(3) === 0
          ? [
              ['CUSTOMERID', `c-${dice.below(50)}`],
              ['MONTHLY', '1'],
            ]
          : [];
      return [...shop, ['PAY', amount], ['SALETOGETHER', together], ...card, ...monthly];
    }
    case 'auth.cgi':
      return [...shop, ['PAY', amount], ...card];
    case 'salem.cgi':
      return [...shop, ['CUSTOMERID', customer], ['PAY', amount]];
    case 'csvsalem.cgi':
      // Names customers that nobody has: only notices would tell of a capture.
      return [...shop, ['CSVDATA', `,nobody,${amount},\r\nA-1,nobody,x\r\n`]];
    case 'compsettleapply.cgi':
      return [...shop, ['ID', `R-${dice.below(100_000)}`], ['PAY', amount]];
    case 'compsettlecancel.cgi':
    case 'compsettlechange.cgi':
    case 'compsettleinfo.cgi':
      return [
        ...shop,
        ['SETTLENO', pick(dice, known.settlenos, '1')],
        ['PAY', amount],
        ['GETDETAIL', '1'],
      ];
    case 'convorder.cgi':
      return [
        ...shop,
        ['PAY', amount],
        ['CUSTOMERNAME1', 'A'],
        ['CUSTOMERTEL', '03'],
        ['CONVENI', 'lawson'],
      ];
    default:
      return [
        ...shop,
        ['SEQNO', seqno],
        ['CANCELSEQNO', seqno],
        ['PAY', amount],
        ['CUSTOMERID', customer],
      ];
  }
}

/** Returns a test card, often one that makes trouble. */
function cardOf(dice: Dice): Pairs {
  const last = pick(dice, ['1111', '1111', '1111', '1155', '1156', '1133', '1198']);
  return [
    ...([
      ['PAN1', '4980'],
      ['PAN2', '1111'],
      ['PAN3', '1111'],
      ['PAN4', last],
    ] as Pairs),
    ...([
      ['CARDEXPIRY1', '12'],
      ['CARDEXPIRY2', '69'],
      ['CARDNAME', 'TARO YAMADA'],
    ] as Pairs),
  ];
}

/** Leaves a parameter out, puts an odd one in, or repeats one. */
function spoil(dice: Dice, pairs: Pairs): void {
  const at = dice.below(pairs.length);
  const pair = pairs[at];
  if (pair === undefined) return;
  switch (dice.below(4)) {
    case 0:
      pairs.splice(at, 1);
      return;
    case 1:
      pairs.push([pick(dice, NAMES), pick(dice, ODD)]);
      return;
    case 2:
      pair[1] = pick(dice, ODD);
      return;
    default:
      pairs.push([...pair]);
  }
}

/** Percent-encodes in some charset, or not at all. */
function encode(dice: Dice, value: string): string {
  if (/^[A-Za-z0-9-]*$/.test(value)) return value;
  switch (dice.below(4)) {
    case 0:
      return [...Buffer.from(value)]
        .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
        .join('');
    case 1:
      return Buffer.from(value)
        .toString('latin1')
        .replace(/[\r\n\0 #?]/g, '+');
    case 2:
      return [...Buffer.from(value, 'utf16le')]
        .map((byte) => `%${byte.toString(16).padStart(2, '0')}`)
        .join('');
    default:
      return encodeURIComponent(value.isWellFormed() ? value : '?');
  }
}

function breakText(dice: Dice, text: string): string {
  const at = dice.below(Math.max(1, text.length));
  switch (dice.below(4)) {
    case 0:
      return text.slice(0, at);
    case 1:
      return `${text.slice(0, at)}%${text.slice(at)}`;
    case 2:
      return `${text.slice(0, at)}&&==&${text.slice(at)}`;
    default:
      return text.repeat(1 + dice.below(20));
  }
}

function pick<T>(dice: Dice, from: readonly T[], otherwise?: T): T {
  const found = from[dice.below(from.length)] ?? otherwise;
  if (found === undefined) throw new Error('there is nothing to pick from');
  return found;
}
