import type { FreeLayout, MailTemplateView } from '@renkei/contract';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inputOf, typedOf, wrongIn as wrongInMail } from '../../src/screens/mails/typed.ts';
import { draftOf, layoutOf, moved, wrongIn } from '../../src/screens/settings/draft.ts';

const column = (id: number) => ({ id, field: `f${id}`, text: '', header: '' });

describe('a CSV layout as it is edited', () => {
  test('a layout that was opened and not changed is the same', () => {
    const header = fc.stringMatching(/^[A-Za-z一-龠]{1,20}$/);
    const field = fc.constantFrom('orderNumber', 'billed', 'customerName');
    const columns = fc.array(
      fc.oneof(
        fc.record({ field }),
        fc.record({ field, header }),
        fc.record({ text: fc.string(), header }),
      ),
    );
    fc.assert(
      fc.property(columns, (any) => {
        const layout = {
          name: '出荷用',
          per: 'order',
          encoding: 'cp932',
          columns: any,
        } as FreeLayout;
        expect(layoutOf(draftOf(layout as never))).toEqual(layout);
      }),
    );
  });

  test('a new layout lacks its name and its columns', () => {
    expect(wrongIn(draftOf(null))).toEqual({ name: true, columns: true, headers: [] });
  });

  test.each([
    ['a'.repeat(40), false],
    ['a'.repeat(41), true],
    ['𠮷'.repeat(40), false],
    ['  ', true],
  ])('the name “%s” is wrong: %s', (name, wrong) => {
    expect(wrongIn({ ...draftOf(null), name }).name).toBe(wrong);
  });

  test('a fixed text needs a header; no header is longer than 50 letters', () => {
    const columns = [
      { id: 1, field: null, text: 'x', header: ' ' },
      { id: 2, field: 'billed', text: '', header: 'a'.repeat(51) },
      { id: 3, field: 'billed', text: '', header: '' },
    ];
    expect(wrongIn({ ...draftOf(null), columns }).headers).toEqual([1, 2]);
  });

  test('a column is moved by one place and back', () => {
    const columns = [column(1), column(2), column(3)];
    const ids = (all: typeof columns) => all.map(({ id }) => id);
    expect(ids(moved(columns, 0, 1) as typeof columns)).toEqual([2, 1, 3]);
    expect(ids(moved(moved(columns, 0, 1), 1, -1) as typeof columns)).toEqual([1, 2, 3]);
    expect(ids(columns)).toEqual([1, 2, 3]);
  });
});

describe('a mail as it is edited', () => {
  const TEMPLATE = {
    subject: '件名',
    body: '本文',
    memberBody: '',
    afterword: '',
    sending: 'auto',
    copyTo: ['a@example.jp', 'b@example.jp'],
  } as unknown as MailTemplateView;

  test('a mail that was opened and not changed is the same', () => {
    expect(inputOf(typedOf(TEMPLATE))).toEqual(TEMPLATE);
  });

  test.each([
    ['a@example.jp,b@example.jp', 2, undefined],
    [' a@example.jp、b@example.jp ;c@example.jp\nd@example.jp ', 4, undefined],
    ['', 0, undefined],
    ['a@example', 1, 'not_an_address'],
    ['a@@example.jp', 1, 'not_an_address'],
    ['花子', 1, 'not_an_address'],
    [Array.from({ length: 6 }, (_, n) => `a${n}@example.jp`).join(' '), 6, 'too_many'],
  ])('copies to “%s” are %d addresses; wrong: %s', (copyTo, count, wrong) => {
    const typed = { ...typedOf(TEMPLATE), copyTo };
    expect(inputOf(typed).copyTo).toHaveLength(count);
    expect(wrongInMail(typed).copyTo).toBe(wrong);
  });

  test('a mail needs a subject and a text', () => {
    const empty = { ...typedOf(TEMPLATE), subject: ' ', body: '\n' };
    expect(wrongInMail(empty)).toEqual({ subject: 'missing', body: 'missing' });
  });
});
