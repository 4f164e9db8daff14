import type { Reason } from '@renkei/core/domain/reasons/index.ts';
import type { Deliveries, Delivery } from '@renkei/core/ports/deliveries.ts';
import { expect, test } from 'vitest';
import { deliverDue } from '../../src/workers/deliver.ts';
import type { Office } from '../../src/workers/office.ts';

/** B4: a look's work on the deliveries that it finds, for every outcome of each. */
const NOW = Date.UTC(2026, 10, 20, 3, 0, 0);

/** The office's answer for each delivery, by its number: it accepts, refuses, or fails. */
type Said = Readonly<Record<number, Reason | Error>>;

function at(said: Said, due = 0) {
  const done: string[] = [];
  let left = due;
  const found = [1, 2, 3].map((n) => ({
    shopId: 'hanamichi',
    code: 'T-1',
    n,
    orderNumber: `80000000${n}000`,
  }));
  const noted: number[] = [];
  const deliveries: Deliveries = {
    async listDue(_now, limit) {
      return Array.from({ length: Math.min(left, limit) }, (_, at) => ({
        shopId: 'hanamichi',
        code: `T-${at}`,
      }));
    },
    async make() {
      left -= 1;
      return left >= 0;
    },
    listToAuthorize: async () => found.filter(({ n }: Delivery) => !noted.includes(n)),
    async noteAuthorized({ n }) {
      noted.push(n);
      done.push(`noted ${n}`);
    },
    async noteRound() {
      done.push('looked through');
    },
  };
  const command: Office['command'] = async (_ref, { key, command }) => {
    const n = Number(key.split(':')[2]);
    const says = command.kind === 'authorize' ? said[n] : undefined;
    done.push(`${command.kind} ${n}`);
    if (says instanceof Error) throw says;
    const refused = { kind: 'refused', reason: says ?? 'link_off', because: null } as const;
    if (says !== undefined) return refused;
    return { kind: 'accepted' } as Awaited<ReturnType<Office['command']>>;
  };
  const look = () => deliverDue(deliveries, { command } as Office, NOW);
  return { look, done };
}

test('every due delivery is made, and each is authorized and noted, in this order', async () => {
  const { look, done } = at({}, 2);
  expect(await look()).toBe(2);
  expect(done).toEqual([
    'authorize 1',
    'noted 1',
    'authorize 2',
    'noted 2',
    'authorize 3',
    'noted 3',
    'looked through',
  ]);
});

test('a round makes two hundred orders at the most and leaves the rest to the next', async () => {
  const { look } = at({}, 250);
  expect([await look(), await look(), await look()]).toEqual([200, 50, 0]);
});

test('a failed authorization is reported and retried; the others go on', async () => {
  const gone = new Error('connection terminated');
  const { look, done } = at({ 1: gone, 2: new Error('another') });
  await expect(look()).rejects.toBe(gone);
  expect(done).toEqual(['authorize 1', 'authorize 2', 'authorize 3', 'noted 3']);
  await expect(look()).rejects.toBe(gone);
  expect(done.slice(4)).toEqual(['authorize 1', 'authorize 2']);
});

test('in safe mode nothing is noted: the next look asks again', async () => {
  const { look, done } = at({ 1: 'safe_mode', 2: 'safe_mode', 3: 'safe_mode' });
  await look();
  expect(done).toEqual(['authorize 1', 'authorize 2', 'authorize 3', 'looked through']);
});

test('a delivery refused before any ask waits in 保留', async () => {
  const { look, done } = at({ 2: 'link_off' });
  await look();
  expect(done.slice(2, 5)).toEqual(['authorize 2', 'change_status 2', 'noted 2']);
});
