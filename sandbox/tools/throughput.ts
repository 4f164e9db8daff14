import { fork } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createSandbox } from '../src/index.ts';
import { Line } from './line.ts';

/**
 * Measures captures per second: `node sandbox/tools/throughput.ts [count] [lines]`. The sandbox
 * runs in a process of its own, with its ledger on disk; it syncs every OK before it answers.
 */
const SHOP = '00001';
const COUNT = Number(process.argv[2] ?? 20_000);
const LINES = Number(process.argv[3] ?? 32);
const ROUNDS = 3;

if (process.send !== undefined) await serve();
else await measure();

async function serve(): Promise<void> {
  const directory = await mkdtemp(join(tmpdir(), 'sandbox-throughput-'));
  const shops = [{ shopId: SHOP, name: '店', inquiry: true }];
  const sandbox = await createSandbox({ directory, shops });
  process.on('disconnect', () => {
    void sandbox
      .close()
      .then(() => rm(directory, { recursive: true }))
      .then(() => process.exit(0));
  });
  process.send?.(sandbox.url);
}

async function measure(): Promise<void> {
  const child = fork(fileURLToPath(import.meta.url), process.argv.slice(2));
  const url = await new Promise<string>((resolve) =>
    child.once('message', (said) => resolve(String(said))),
  );
  const lines = Array.from({ length: LINES }, () => new Line(url));
  for (let round = 1; round <= ROUNDS; round += 1) {
    const seqnos = await seed(url, round);
    const began = performance.now();
    await Promise.all(lines.map((line, index) => capture(line, seqnos, index)));
    const rate = ((COUNT * 1_000) / (performance.now() - began)).toFixed(0);
    console.log(`round ${round}: ${COUNT} captures, ${LINES} lines, ${rate} per second`);
  }
  for (const line of lines) line.close();
  child.disconnect();
}

async function seed(url: string, round: number): Promise<string[]> {
  const seqnos = Array.from({ length: COUNT }, (_, at) => `${round}${at}`.padStart(20, '0'));
  const body = seqnos.map((seqno) => ({
    shopId: SHOP,
    id: `S-${seqno.slice(-12)}`,
    seqno,
    amount: 5_000,
    state: 'authorized',
  }));
  const init = { method: 'POST', body: JSON.stringify(body) };
  const answer = await fetch(`${url}/sandbox/v1/transactions`, init);
  if (answer.status !== 201) throw new Error(await answer.text());
  return seqnos;
}

async function capture(line: Line, seqnos: readonly string[], from: number): Promise<void> {
  for (let at = from; at < seqnos.length; at += LINES) {
    const form = Buffer.from(`SHOPID=${SHOP}&SEQNO=${seqnos[at]}&CHARCODE=utf8&QUIET=1`);
    const reply = await line.ask('POST', '/connect/sale.cgi', form);
    if (reply?.body.toString('latin1') !== `OK\n${seqnos[at]}\n`)
      throw new Error('a capture failed');
  }
}
