import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openJournal } from '../src/ledger/journal.ts';
import { Ledger } from '../src/ledger/ledger.ts';
import { FUZZ_SHOPS, pester } from '../tools/fuzz/fuzz.ts';
import { ask, authorize, CARD } from './support.ts';

/** kill -9 at any moment loses nothing that was answered. The sandbox runs as its users run it. */
const BIN = fileURLToPath(new URL('../bin/renkei-sandbox.mjs', import.meta.url));

let directory = '';
const children: ChildProcess[] = [];
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sandbox-crash-'));
});
afterEach(async () => {
  for (const child of children.splice(0)) child.kill('SIGKILL');
  await rm(directory, { recursive: true, force: true });
});

type Running = { readonly url: string; readonly child: ChildProcess };

async function launch(...more: string[]): Promise<Running> {
  const options = ['--port', '0', '--data', directory, ...more];
  const child = spawn(process.execPath, [BIN, ...options], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  for await (const line of createInterface({ input: child.stdout })) {
    const url = /http:\/\/[\d.:]+/.exec(line)?.[0];
    if (url !== undefined) return { url, child };
  }
  throw new Error('the sandbox did not start');
}

/** Reads the ledger from disk. */
async function readLedger(): Promise<Ledger> {
  const journal = await openJournal(directory);
  const ledger = new Ledger();
  for (const event of journal.past) ledger.apply(event);
  await journal.close();
  return ledger;
}

test.each([5, 40, 120, 300])(
  'the ledger has every answered authorization and capture when killed after %d ms of traffic',
  async (lifeMs) => {
    const { url, child } = await launch();
    const told = new Map<string, 'authorized' | 'captured'>();
    const shop = async () => {
      for (;;) {
        const seqno = await authorize({ url });
        told.set(seqno, 'authorized');
        // Both ask at the same time; the loser hears of the winner's deed.
        const capture = async () => {
          const [first, line = ''] = await ask({ url }, 'sale.cgi', { SEQNO: seqno });
          if (first === 'OK' || line.includes('売上受付済み')) told.set(seqno, 'captured');
        };
        await Promise.all([capture(), capture()]);
      }
    };
    await authorize({ url });
    const shops = Array.from({ length: 8 }, () => shop().catch(() => {}));
    await new Promise((resolve) => setTimeout(resolve, lifeMs));
    child.kill('SIGKILL');
    await Promise.all(shops);

    const ledger = await readLedger();
    for (const [seqno, last] of told) {
      const state = ledger.transactions.get(seqno)?.state;
      if (last === 'captured') expect(state).toBe('captured_untransmitted');
      else expect(['authorized', 'captured_untransmitted']).toContain(state);
    }
  },
);

test.each([1, 2, 3])(
  'the ledger has every answer when killed amid odd requests of all kinds, seed %d',
  async (seed) => {
    const file = join(directory, 'shops.json');
    await writeFile(file, JSON.stringify(FUZZ_SHOPS));
    const { url, child } = await launch('--shops', file);
    // A slow machine is killed later: after as many answers.
    const killOnce = ({ OK = 0 }: Readonly<Record<string, number>>) => {
      if (OK > 50 * seed) child.kill('SIGKILL');
    };
    const { told, findings, books, broke } = await pester(url, 1_000_000, seed, 8, killOnce);
    expect(broke).toMatch(/the connection broke$/);
    expect(findings).toEqual([]);
    expect(told.OK).toBeGreaterThan(50 * seed);
    expect(books.findLost(await readLedger())).toEqual([]);
  },
);

test('an answer from before the kill stands after the restart', async () => {
  const first = await launch();
  const seqno = await authorize(first);
  expect(await ask(first, 'sale.cgi', { SEQNO: seqno })).toEqual(['OK', seqno]);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await launch();
  expect((await ask(second, 'sale.cgi', { SEQNO: seqno }))[1]).toMatch(/売上受付済みです\)$/);
});

test('shops with their settings come from a file; the same seed gives the same numbers', async () => {
  const file = join(directory, 'shops.json');
  const shop = { shopId: '00001', name: '店', threeDSecure: 'always', inquiry: false };
  await writeFile(
    file,
    JSON.stringify([shop, { ...shop, shopId: '00002', threeDSecure: 'never' }]),
  );
  const { url } = await launch('--shops', file, '--seed', '7');
  const asked = { ...CARD, PAY: '5000' };
  expect((await ask({ url }, 'authm.cgi', asked))[0]).toBe('OUTPUT');
  const [, authCode] = await ask({ url }, 'authm.cgi', { ...asked, SHOPID: '00002' });
  await writeFile(file, JSON.stringify([{ ...shop, colour: 'red' }]));
  const child = spawn(process.execPath, [BIN, '--data', directory, '--shops', file]);
  children.push(child);
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += bytes;
  });
  expect((await once(child, 'exit'))[0]).toBe(1);
  expect(errors).toContain('shop 00001: there is no setting colour');
  expect(authCode).toMatch(/^\w{6}$/);
});

test('a bulk charge that was accepted before the kill is carried out once after it', async () => {
  const first = await launch();
  await authorize(first, { CUSTOMERID: 'c-1', MONTHLY: '1' });
  const CSVDATA = ',c-1,700,\n'.repeat(50);
  expect(await ask(first, 'csvsalem.cgi', { CSVDATA })).toEqual(['OK']);
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  const second = await launch();
  await ask(second, 'sale.cgi', { SEQNO: '1' });
  second.child.kill('SIGKILL');
  await once(second.child, 'exit');
  const charged = (await readLedger())
    .list()
    .filter(({ customerId, amount }) => customerId === 'c-1' && amount === 700);
  expect(charged).toHaveLength(50);
});

test('SIGTERM ends the sandbox with 0', async () => {
  const { child } = await launch('--transmission-at', '23:00', '--shop', '00001:店');
  child.kill('SIGTERM');
  const [code] = await once(child, 'exit');
  expect(code).toBe(0);
});

test.each([
  ['--port', 'x', '--port is a whole number'],
  ['--shop', 'x', '--shop is like'],
  ['--transmission-at', '25:00', 'runs at a time like 23:00'],
  ['--seed', 'x', '--seed is a whole number'],
  ['--shops', '/nowhere.json', '/nowhere.json'],
])('the option %s %s is refused in one line', async (name, value, said) => {
  const child = spawn(process.execPath, [BIN, '--data', directory, name, value]);
  children.push(child);
  let errors = '';
  child.stderr.on('data', (bytes) => {
    errors += bytes;
  });
  const [code] = await once(child, 'exit');
  expect(code).toBe(1);
  expect(errors).toContain(said);
  expect(errors.trim().split('\n')).toHaveLength(1);
});
