import { randomUUID } from 'node:crypto';
import { Agent, request } from 'node:http';

/** A closed loop over real HTTP: a fixed number of requests at a time, each waited for. */
export type Load = { readonly perSecond: number; readonly p50: number; readonly p95: number };

export type Reply = { readonly status: number; readonly body: string };

const agent = new Agent({ keepAlive: true, maxSockets: 256 });

export function call(
  method: string,
  url: string,
  cookie = '',
  body?: unknown,
  version?: number,
): Promise<Reply> {
  return new Promise((resolve, reject) => {
    const text = body === undefined ? undefined : JSON.stringify(body);
    const headers = {
      cookie,
      'accept-language': 'ja',
      ...(text === undefined ? {} : { 'content-type': 'application/json' }),
      ...(method === 'GET' ? {} : { 'idempotency-key': randomUUID() }),
      ...(version === undefined ? {} : { 'if-match': `"${version}"` }),
    };
    const sent = request(url, { method, agent, headers }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('error', reject);
      answer.on('end', () =>
        resolve({ status: answer.statusCode ?? 0, body: Buffer.concat(chunks).toString('utf8') }),
      );
    });
    sent.on('error', reject);
    sent.end(text);
  });
}

/** Marks orders paid, `width` at a time. Throws if an answer is not 200. */
export function payAll(
  url: string,
  cookie: string,
  orderNumbers: readonly string[],
  width: number,
): Promise<Load> {
  return measure(orderNumbers, width, async (orderNumber) => {
    const path = `${url}/v1/orders/${orderNumber}/payment`;
    const { status, body } = await call('POST', path, cookie, {}, 1);
    if (status !== 200) throw new Error(`${orderNumber}: ${status} ${body.slice(0, 300)}`);
  });
}

export async function measure<T>(
  items: readonly T[],
  width: number,
  work: (item: T) => Promise<void>,
): Promise<Load> {
  const waiting = items.entries();
  const tookMs: number[] = [];
  const began = performance.now();
  const hand = async () => {
    for (const [, item] of waiting) {
      const from = performance.now();
      await work(item);
      tookMs.push(performance.now() - from);
    }
  };
  await Promise.all(Array.from({ length: width }, hand));
  const seconds = (performance.now() - began) / 1000;
  const sorted = tookMs.sort((a, b) => a - b);
  return {
    perSecond: items.length / seconds,
    p50: quantile(sorted, 0.5),
    p95: quantile(sorted, 0.95),
  };
}

function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

export function median(values: readonly number[]): number {
  return quantile(
    [...values].sort((a, b) => a - b),
    0.5,
  );
}
