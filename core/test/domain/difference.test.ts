import { expect, test } from 'vitest';
import { differencesOf } from '../../src/domain/drift/difference.ts';
import { yen } from '../../src/domain/values/yen.ts';
import { cardOrder } from './orders.ts';

test('differences between two states are told field by field', () => {
  const before = cardOrder();
  const after = {
    ...before,
    version: 7,
    status: 'on_hold',
    amounts: { ...before.amounts, shipping: yen(800) },
    transaction: null,
  } as const;
  const differences = differencesOf(before, after);
  expect(differences).toContainEqual({ field: 'status', before: 'processing', after: 'on_hold' });
  expect(differences).toContainEqual({ field: 'amounts.shipping', before: 500, after: 800 });
  expect(differences).toContainEqual({
    field: 'transaction.state',
    before: 'authorized',
    after: null,
  });
  expect(differences.map(({ field }) => field)).not.toContain('version');
});
