import { expect, test } from 'vitest';
import { see } from '../../src/operations/protocol.ts';
import { TIMING } from '../../src/operations/timing.ts';
import { asked, awaited, NOW, seen } from './pages.ts';

const { quarantineMs } = TIMING;

test('an old sighting is not believed, however late it is heard', () => {
  // Whoever looked fell asleep: the capture was carried out after the look, before it was heard.
  const page = asked('capture', { afterMs: quarantineMs + 60_000 });
  const sighting = { kind: 'seen', transactions: [seen('authorized')] } as const;
  const old = { ...awaited(page), from: NOW + quarantineMs - 1 };
  expect(see(page, old, sighting, TIMING)).toMatchObject({
    page: { operation: { looks: 1 }, step: { n: 1, state: 'sent' } },
    next: { kind: 'rest' },
  });
  const fresh = { ...awaited(page), from: NOW + quarantineMs };
  expect(see(page, fresh, sighting, TIMING)).toMatchObject({
    page: { closedStep: { n: 1, state: 'disproven' }, step: { n: 2, verb: 'capture' } },
    next: { kind: 'ask' },
  });
});
