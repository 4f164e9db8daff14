import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  type ContentDraft,
  draftOf,
  type EditedContent,
  newLine,
  parseDraft,
  wrongIn,
} from '../../src/screens/order/content/draft.ts';

const PEN = { productCode: 'pen-01', name: '万年筆', variation: '', taxRate: 10 } as const;
const AMOUNTS = {
  items: 9_350,
  shipping: 500,
  paymentFee: 0,
  coolFee: 0,
  wrapping: 0,
  otherFee: 0,
  pointsUsed: 735,
  couponDiscount: 0,
  discount: 0,
};

function content(
  lines = [{ ...PEN, quantity: 1, unitPrice: 9_350 }],
  amounts = AMOUNTS,
): EditedContent {
  return { amounts, details: { destinations: [{ lines }] } } as unknown as EditedContent;
}

const CONTENT = content();
const DRAFT = draftOf(CONTENT);

function withLine(changes: object): ContentDraft {
  return { ...DRAFT, lines: DRAFT.lines.map((all) => all.map((one) => ({ ...one, ...changes }))) };
}

describe('受注内容 as it is typed', () => {
  test('what was opened and not changed is the same, whatever it is', () => {
    const line = fc.record({
      productCode: fc.stringMatching(/^[a-z0-9-]{0,10}$/),
      name: fc.constantFrom('万年筆', 'インク', '髙級 ノート'),
      variation: fc.constantFrom('', '赤'),
      quantity: fc.integer({ min: 1, max: 99_999 }),
      unitPrice: fc.integer({ min: 0, max: 99_999_999 }),
      taxRate: fc.constantFrom(10, 8, 0),
    });
    fc.assert(
      fc.property(fc.array(line, { minLength: 1 }), (lines) => {
        const any = content(lines as never);
        expect(parseDraft(draftOf(any), any)).toEqual({ kind: 'same' });
      }),
    );
  });

  test('only the amounts that changed are sent', () => {
    const draft = {
      ...DRAFT,
      amounts: { ...DRAFT.amounts, shipping: '８００', discount: '¥1,000' },
    };
    expect(parseDraft(draft, CONTENT)).toEqual({
      kind: 'edit',
      edit: { amounts: { shipping: 800, discount: 1_000 } },
    });
  });

  test('a changed product is sent with all products, and without what only the form needs', () => {
    expect(parseDraft(withLine({ quantity: '２' }), CONTENT)).toEqual({
      kind: 'edit',
      edit: { amounts: {}, lines: [[{ ...PEN, quantity: 2, unitPrice: 9_350 }]] },
    });
  });

  test.each([
    [{ quantity: '0' }, 'quantity'],
    [{ quantity: '100000' }, 'quantity'],
    [{ quantity: '1.5' }, 'quantity'],
    [{ quantity: '' }, 'quantity'],
    [{ unitPrice: '-1' }, 'unitPrice'],
    [{ unitPrice: '100000000' }, 'unitPrice'],
    [{ name: '　' }, 'name'],
  ])('a product with %j is wrong in its %s, and nothing is sent', (changes, field) => {
    const draft = withLine(changes);
    const [[line]] = draft.lines as [[ContentDraft['lines'][number][number]]];
    const wrong = Object.entries(wrongIn(line)).filter(([, is]) => is);
    expect(wrong.map(([name]) => name)).toEqual([field]);
    expect(parseDraft(draft, CONTENT)).toEqual({ kind: 'wrong' });
  });

  test('an amount that is no amount is wrong, also where it was emptied', () => {
    for (const shipping of ['', 'free', '-500']) {
      const draft = { ...DRAFT, amounts: { ...DRAFT.amounts, shipping } };
      expect(parseDraft(draft, CONTENT)).toEqual({ kind: 'wrong' });
    }
  });

  test('a destination with every product struck is empty', () => {
    expect(parseDraft(withLine({ struck: true }), CONTENT)).toEqual({ kind: 'empty' });
  });

  test('a struck product is not looked at, and an added one that is blank is as if not there', () => {
    const [lines = []] = DRAFT.lines;
    const struck = { ...newLine(), name: '', quantity: '-', struck: true };
    const draft = { ...DRAFT, lines: [[...lines, newLine(), struck]] };
    expect(parseDraft(draft, CONTENT)).toEqual({ kind: 'same' });
  });

  test('an added product is sent after the others', () => {
    const [lines = []] = DRAFT.lines;
    const added = { ...newLine(), name: ' インク ', productCode: ' ink ', unitPrice: '1,200' };
    const parsed = parseDraft({ ...DRAFT, lines: [[...lines, added]] }, CONTENT);
    expect(parsed).toMatchObject({
      kind: 'edit',
      edit: { lines: [[PEN, { name: 'インク', productCode: 'ink', unitPrice: 1_200 }]] },
    });
  });
});
