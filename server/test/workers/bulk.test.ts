import type { OpenRow, Runs, StoredRun } from '@renkei/core/ports/runs.ts';
import { expect, test } from 'vitest';
import { BEFORE, NOW, orderWith } from '../../../core/test/turns/pages.ts';
import { Bulk, type BulkOptions } from '../../src/workers/bulk.ts';
import type { Office } from '../../src/workers/office.ts';

/** The rules of a bulk run while its rows are at work, seen at its ports. */
const RUN: StoredRun = {
  shopId: 'hanamichi',
  id: '33333333-3333-4333-8333-333333333333',
  actor: { kind: 'user', id: 'tanaka', name: '田中' },
  plan: { kind: 'mark_paid' },
  paidOn: '2026-11-14',
  mail: 'auto',
  mailUnpaid: false,
  state: 'running',
  createdAt: NOW,
  endedAt: null,
};

function rowAt(position: number): OpenRow {
  const order = { ...orderWith(BEFORE.capture), orderNumber: `10000000001${position}` };
  const found = { order, shippedOn: [null], cancelRequested: false };
  return { position, orderNumber: order.orderNumber, shipments: null, found };
}

/** Begins a run of two rows; the office ends each of them when the test says so. */
function begin() {
  const done: string[] = [];
  const atWork = new Map<string, { finish: () => void; fail: (error: Error) => void }>();
  let open = [rowAt(1), rowAt(2)];
  const runs: Runs = {
    listRunning: async () => [RUN],
    hold: async ({ shopId, id }) => ({ shopId, id, holder: 'this one' }),
    async renew(held) {
      done.push(`renewed ${held.length}`);
    },
    async letGo() {
      done.push('let go');
    },
    nextRows: async () => open,
    begin: async () => 1,
    async noteRow(_run, position) {
      done.push(`noted ${position}`);
      open = open.filter((row) => row.position !== position);
    },
    finish: async () => true,
  };
  const command: Office['command'] = ({ orderNumber }) =>
    new Promise((resolve, reject) => {
      const accepted = { kind: 'accepted' } as Awaited<ReturnType<Office['command']>>;
      atWork.set(orderNumber.slice(-1), { finish: () => resolve(accepted), fail: reject });
    });
  const onError: BulkOptions['onError'] = (error) => done.push(`${error}`);
  const bulk = new Bulk({ runs, office: { command }, onError, width: 2 });
  return { bulk, done, atWork, runs };
}

test('every round renews the held lease, until it is released', async () => {
  const { bulk, done, atWork } = begin();
  await bulk.round();
  await expect.poll(() => atWork.size).toBe(2);
  await bulk.round();
  expect(done).toEqual(['renewed 1']);
  const closed = bulk.close();
  for (const { finish } of atWork.values()) finish();
  await closed;
  done.length = 0;
  await bulk.round();
  expect(done).not.toContain('renewed 1');
});

test('no more runs are carried out at a time than the bound; the next begins when one has ended', async () => {
  const { runs, atWork, bulk: other } = begin();
  const listed = ['1', '2', '3'].map((n) => ({ ...RUN, id: n }));
  const held: string[] = [];
  const ports: Runs = {
    ...runs,
    listRunning: async () => listed.filter(({ id }) => !held.includes(id)),
    hold: async ({ shopId, id }) => {
      held.push(id);
      return { shopId, id, holder: id };
    },
  };
  const command: Office['command'] = () =>
    new Promise((resolve) => {
      const accepted = { kind: 'accepted' } as Awaited<ReturnType<Office['command']>>;
      atWork.set(String(atWork.size), { finish: () => resolve(accepted), fail: () => {} });
    });
  const onError = (error: unknown) => expect.fail(`${error}`);
  const office = { command };
  const bulk = new Bulk({ runs: ports, office, onError, width: 2, runsMax: 2 });
  await bulk.round();
  await bulk.round();
  expect(held).toEqual(['1', '2']);
  await expect.poll(() => atWork.size).toBe(4);
  for (const { finish } of atWork.values()) finish();
  await expect.poll(async () => bulk.round().then(() => held)).toEqual(['1', '2', '3']);
  await Promise.all([bulk.close(), other.close()]);
});

test('a failed row does not release its run while another row is at work', async () => {
  const { bulk, done, atWork } = begin();
  await bulk.round();
  await expect.poll(() => atWork.size).toBe(2);
  atWork.get('1')?.fail(new Error('connection terminated'));
  await new Promise(setImmediate);
  expect(done).toEqual([]);
  atWork.get('2')?.finish();
  await bulk.close();
  const heard = done.filter((one) => !one.startsWith('renewed'));
  expect(heard).toEqual(['noted 2', 'let go', 'Error: connection terminated']);
});
