import { expect, test } from 'vitest';
import { REPAIR } from '../../src/domain/drift/drift.ts';
import { REMEDY } from '../../src/domain/reasons/remedies.ts';
import { keysOf } from '../../src/domain/states.ts';

test('a repair is one of the remedies, in the same words', () => {
  for (const id of keysOf(REPAIR)) expect(REPAIR[id], id).toEqual(REMEDY[id]);
});

test('every remedy has a text of its own, except the two ids of recording a payment', () => {
  for (const language of ['ja', 'en'] as const) {
    const told = Map.groupBy(keysOf(REMEDY), (id) => REMEDY[id][language]);
    const alike = [...told.values()].filter((ids) => ids.length > 1);
    expect(alike).toEqual([['mark_paid_without_gateway', 'record_as_paid']]);
  }
});

test('clients know these ids of repairs: none is lost', () => {
  expect(keysOf(REPAIR)).toEqual([
    'capture',
    'relink',
    'adopt_amount',
    'record_as_paid',
    'cancel_transaction',
    'cancel_stray',
    'change_captured_amount',
    'settle_otherwise',
    'unmark_paid',
    'mark_paid',
    'authorize',
    'look_again',
    'answer_review',
    'change_method',
    'ask_customer',
    'check_at_gateway',
    'check_settings',
  ]);
});
