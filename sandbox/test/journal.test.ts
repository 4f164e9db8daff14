import { appendFile, mkdtemp, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { openJournal } from '../src/ledger/journal.ts';
import { api, ask, authorize, DAY_MS, seed, setFaults, start, stateOf } from './support.ts';

/** The ledger on disk: it keeps every answer, and holds no card. */
let directory = '';
let path = '';
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'sandbox-journal-'));
  path = join(directory, 'ledger.jsonl');
});
afterEach(async () => {
  vi.restoreAllMocks();
  await rm(directory, { recursive: true, force: true });
});

describe('close and reopen', () => {
  test('a reopened ledger has everything again: transactions, customers, tokens, clock', async () => {
    const first = await start({ directory });
    const captured = await authorize(first, { CUSTOMERID: 'c-1', MONTHLY: '1' });
    await ask(first, 'sale.cgi', { SEQNO: captured });
    const changed = await authorize(first);
    await ask(first, 'authchange.cgi', { SEQNO: changed, PAY: '6000' });
    await api(first, 'POST', 'tokens', { pan: '4980111111111111' });
    await api(first, 'POST', 'clock', { advanceMs: DAY_MS });
    await first.close();

    const second = await start({ directory });
    expect(second.gateway.ledger).toEqual(first.gateway.ledger);
    expect(stateOf(second, captured)).toBe('captured_untransmitted');
    expect(stateOf(second, changed)).toBe('voided');
    expect(second.gateway.now() - Date.now()).toBeGreaterThan(DAY_MS - 1_000);
  });

  test('a reopened ledger keeps a reset, too', async () => {
    const first = await start({ directory });
    await authorize(first);
    await api(first, 'POST', 'reset');
    await first.close();
    expect((await start({ directory })).gateway.ledger.list()).toEqual([]);
  });

  test('a reopened ledger has all of many concurrent authorizations', async () => {
    const first = await start({ directory });
    const seqnos = await Promise.all(Array.from({ length: 60 }, () => authorize(first)));
    await first.close();
    const second = await start({ directory });
    for (const seqno of seqnos) expect(stateOf(second, seqno)).toBe('authorized');
  });

  test('only their owner may read the files', async () => {
    await start({ directory });
    expect((await stat(path)).mode & 0o077).toBe(0);
  });
});

describe('a damaged file', () => {
  test('a torn last line is dropped, and the next line stands on its own', async () => {
    const first = await start({ directory });
    const kept = await authorize(first);
    await first.close();
    await appendFile(path, '[{"kind":"opened","transac');

    const second = await start({ directory });
    expect(second.gateway.ledger.list().map(({ seqno }) => seqno)).toEqual([kept]);
    const next = await authorize(second);
    await second.close();
    const third = await start({ directory });
    expect(third.gateway.ledger.list().map(({ seqno }) => seqno)).toEqual([next, kept]);
  });

  test('the journal opens after every cut of its last line', async () => {
    const first = await start({ directory });
    const kept = await authorize(first);
    const before = (await readFile(path)).length;
    await authorize(first, { ID: 'last' });
    await first.close();
    const whole = await readFile(path);
    for (let length = before; length < whole.length; length += 7) {
      await writeFile(path, whole.subarray(0, length));
      const journal = await openJournal(directory);
      expect(journal.past).toMatchObject([{ kind: 'opened', transaction: { seqno: kept } }]);
      await journal.close();
    }
  });

  test('a damaged line in the middle is refused by its number, and nothing is cut', async () => {
    const damaged = '[{"kind":"reset"}]\nnonsense\n[{"kind":"reset"}]\n';
    await writeFile(path, damaged);
    await expect(start({ directory })).rejects.toThrow(/ledger\.jsonl is damaged at line 2/);
    expect(await readFile(path, 'utf8')).toBe(damaged);
  });

  test('the journal reads a long file across the borders of its chunks', async () => {
    const line = `${JSON.stringify([{ kind: 'clock_moved', offsetMs: 1 }])}\n`;
    await writeFile(path, line.repeat(20_000));
    const journal = await openJournal(directory);
    expect(journal.past).toHaveLength(20_000);
    await journal.close();
  });

  test('opening a journal does not cut lines that another process is writing', async () => {
    const first = await start({ directory });
    const kept = await authorize(first);
    const other = await openJournal(directory);
    const later = await authorize(first);
    await other.close();
    await first.close();
    const second = await start({ directory });
    expect(second.gateway.ledger.list().map(({ seqno }) => seqno)).toEqual([later, kept]);
  });
});

describe('a disk that fails', () => {
  test('after a failed write nothing is answered, and nothing more is written', async () => {
    const sandbox = await start({ directory });
    const kept = await authorize(sandbox);
    const before = await readFile(path, 'utf8');
    const handle = await open(path);
    const prototype = Object.getPrototypeOf(handle);
    await handle.close();
    const failing = vi.spyOn(prototype, 'datasync').mockRejectedValueOnce(new Error('EIO'));
    await expect(authorize(sandbox)).rejects.toThrow();
    expect(failing).toHaveBeenCalledTimes(1);
    const afterwards = await readFile(path, 'utf8');
    await expect(authorize(sandbox)).rejects.toThrow();
    expect((await api(sandbox, 'GET', 'transactions').catch(() => null))?.status).not.toBe(200);
    expect(await readFile(path, 'utf8')).toBe(afterwards);
    expect(afterwards.startsWith(before)).toBe(true);
    expect(before).toContain(kept);
  });

  test('a refusal waits until the deed that it tells of is on disk', async () => {
    const sandbox = await start({ directory });
    await seed(sandbox, 'authorized');
    const handle = await open(path);
    const prototype = Object.getPrototypeOf(handle);
    await handle.close();
    let release = () => {};
    const gate = new Promise<void>((resolve) => {
      release = resolve;
    });
    vi.spyOn(prototype, 'datasync').mockImplementationOnce(() => gate);
    const told: string[] = [];
    const SEQNO = '00000000000000002954';
    const capture = () =>
      ask(sandbox, 'sale.cgi', { SEQNO }).then(([line = '']) => told.push(line));
    const both = [capture(), capture()];
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(told).toEqual([]);
    release();
    await Promise.all(both);
    expect(told.sort()).toEqual(['NG', 'OK']);
  });
});

describe('no card is kept', () => {
  test('neither the journal nor the log of the wire holds a card', async () => {
    const sandbox = await start({ directory });
    const secrets = { SCODE: '987', CARDNAME: 'HANAKO SUZUKI', HOLDERMAIL: 'hanako@example.jp' };
    const real = { PAN1: '4111', PAN2: '1111', PAN3: '1111', PAN4: '1234' };
    const looksReal = { PAN1: '4980', PAN2: '1234', PAN3: '5678', PAN4: '9123' };
    await authorize(sandbox, { ...secrets, ...looksReal, CUSTOMERID: 'c-1', MONTHLY: '1' });
    await ask(sandbox, 'authm.cgi', { PAY: '5000', ...real, ...secrets });
    await ask(sandbox, 'authm.cgi', { PAY: '5000', FREE: '4111111111111234' });
    const { body } = await api(sandbox, 'POST', 'tokens', { pan: '4980123456789123' });
    await ask(sandbox, 'authm.cgi', { PAY: '5000', TOKEN: String(body.token) });
    const customer = { shopId: '00001', customerId: 'c-2', pan: '4980123456789123' };
    await api(sandbox, 'POST', 'customers', customer);

    const kept = await readFile(path, 'utf8');
    const logged = JSON.stringify(sandbox.gateway.wireLog);
    const listed = JSON.stringify((await api(sandbox, 'GET', 'transactions')).body);
    const page = await (await fetch(`${sandbox.url}/sandbox/console`)).text();
    for (const place of [kept, logged, listed, page]) {
      expect(place).not.toMatch(/4980123456789123|4111111111111234|123456789123/);
      expect(place).not.toMatch(/HANAKO|hanako|987"/);
    }
    expect(logged).not.toContain(String(body.token));
    expect(kept).toContain('************9123');
  });

  test('a card that a fault struck leaves no trace either', async () => {
    const sandbox = await start({ directory });
    await setFaults(sandbox, [{ kind: 'drop_after' }]);
    await authorize(sandbox).catch(() => {});
    expect(await readFile(path, 'utf8')).not.toMatch(/\d{16}(?!\d)(?<!\d{17})/);
  });
});
