import { readdirSync } from 'node:fs';
import { memoryMiB } from '../../bench/child.ts';
import { Client, type Reply } from '../kit/clients.ts';
import { settle } from './judge.ts';
import { isCaptured, readLedger } from './ledger.ts';
import { type Child, sleep } from './processes.ts';
import { fact, type Line, line, percentile, slopeOf } from './table.ts';
import { EMAIL, openTown, PASSWORD, SHOPS } from './town.ts';

/** A shop's steady work: so many looks and payments each second, for so long. */
export type Steady = {
  readonly orders: number;
  readonly looksPerSecond: number;
  readonly paysPerSecond: number;
  readonly minutes: number;
  readonly latencyMs: number;
};

/** Fifty people at a big shop (G12). */
export const LOAD: Steady = {
  orders: 100_000,
  looksPerSecond: 40,
  paysPerSecond: 5,
  minutes: 5,
  latencyMs: 300,
};
/** Sixty thousand payments, for memory and files (G13). */
export const SOAK: Steady = {
  orders: 60_000,
  looksPerSecond: 5,
  paysPerSecond: 67,
  minutes: 15,
  latencyMs: 10,
};

/** The time of each kind of request, in milliseconds. */
type Times = { readonly list: number[]; readonly detail: number[]; readonly pay: number[] };
type Sample = {
  readonly atMinutes: number;
  readonly mib: number;
  /** The heap in use after a collection, in MiB, once a minute; otherwise null. */
  readonly usedMib: number | null;
  readonly files: number;
  /** How late the event loop was since the last sample, p99, in milliseconds. */
  readonly lagMs: number;
};

const PLACED_AT_A_TIME = 2_000;
/** Greatest p95 in milliseconds; a press counts without F-REGI's own time. */
const P95_MAX_MS = { list: 300, detail: 150, pay: 200 } as const;
const SLOPE_MAX_MIB = 1;
const SLOPE_MIN_MINUTES = 14;
const LAG_MAX_MS = 100;
const SAMPLE_SECONDS = 5;
const SAMPLES_A_MINUTE = 60 / SAMPLE_SECONDS;
const COLLECTED_MS = 30;

/** Works steadily at one server with the deadlines of production, and measures it from outside. */
export async function runSteady(steady: Steady, say: (line: string) => void): Promise<Line[]> {
  const [shop] = SHOPS;
  const town = await openTown({ servers: 1, latencyMs: steady.latencyMs, real: true });
  try {
    const numbers: string[] = [];
    while (numbers.length < steady.orders) {
      const count = Math.min(PLACED_AT_A_TIME, steady.orders - numbers.length);
      numbers.push(...(await town.placeOrders(shop, count)));
    }
    say(`${numbers.length} orders are there`);
    const [server] = town.servers;
    if (server === undefined) throw new Error('no server');
    const client = await Client.signIn(server.url, EMAIL, PASSWORD);
    const work = new Work(client, `shop=${shop.shopId}`, numbers);
    const samples = await work.during(steady, server, say);
    const settledMs = await settle(town, 240_000);
    const captured = (await readLedger(town.sandbox.url)).filter(isCaptured).length;
    return report(work, samples, { settledMs, captured, latencyMs: steady.latencyMs });
  } finally {
    await town.close();
  }
}

class Work {
  readonly times: Times = { list: [], detail: [], pay: [] };
  readonly errors: string[] = [];
  paid = 0;
  readonly #client: Client;
  readonly #of: string;
  readonly #numbers: readonly string[];
  readonly #underway = new Set<Promise<void>>();

  constructor(client: Client, of: string, numbers: readonly string[]) {
    this.#client = client;
    this.#of = of;
    this.#numbers = numbers;
  }

  /** Begins requests at their rates, whether or not the earlier ones have ended. */
  async during(steady: Steady, server: Child, say: (line: string) => void): Promise<Sample[]> {
    const began = performance.now();
    const minutes = () => (performance.now() - began) / 60_000;
    const samples: Sample[] = [];
    let looks = 0;
    let sampled = 0;
    while (minutes() < steady.minutes && this.paid < this.#numbers.length) {
      const seconds = minutes() * 60;
      while (looks < seconds * steady.looksPerSecond) this.#look(looks++);
      while (this.paid < Math.min(seconds * steady.paysPerSecond, this.#numbers.length)) {
        this.#pay(this.#numbers[this.paid++] ?? '');
      }
      if (sampled < Math.floor(seconds / SAMPLE_SECONDS)) {
        sampled += 1;
        const atMinutes = minutes();
        void sample(server, sampled % SAMPLES_A_MINUTE === 0).then((taken) =>
          samples.push({ atMinutes, ...taken }),
        );
        if (sampled % SAMPLES_A_MINUTE === 0) say(told(atMinutes, this.paid, samples.at(-1)));
      }
      await sleep(5);
    }
    await Promise.all(this.#underway);
    return samples;
  }

  #look(n: number): void {
    const number = this.#numbers[(n * 7_919) % this.#numbers.length];
    if (n % 2 === 0) this.#begin('list', this.#client.get(`/v1/orders?tab=unpaid&${this.#of}`));
    else this.#begin('detail', this.#client.get(`/v1/orders/${number}?${this.#of}`));
  }

  #pay(number: string): void {
    const path = `/v1/orders/${number}/payment?${this.#of}`;
    this.#begin('pay', this.#client.post(path, { body: {}, version: 1 }));
  }

  #begin(kind: keyof Times, asked: Promise<Reply>): void {
    const began = performance.now();
    const work = asked
      .then(({ status, body }) => {
        this.times[kind].push(performance.now() - began);
        if (status >= 400) this.errors.push(`${kind}: ${status} ${body?.code}`);
      })
      .catch((error: unknown) => void this.errors.push(`${kind}: ${String(error)}`))
      .finally(() => this.#underway.delete(work));
    this.#underway.add(work);
  }
}

function told(minutes: number, paid: number, last: Sample | undefined): string {
  return `${minutes.toFixed(0)} min, ${paid} paid, ${last?.mib.toFixed(0)} MiB`;
}

async function sample({ pid, url }: Child, collected: boolean): Promise<Omit<Sample, 'atMinutes'>> {
  if (collected) {
    process.kill(pid, 'SIGUSR2');
    await sleep(COLLECTED_MS);
  }
  const metrics = await fetch(`${url}/metrics`).then((answer) => answer.text());
  const told = (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(metrics)?.[1]);
  const lagMs = told('nodejs_eventloop_lag_p99_seconds') * 1_000;
  const usedMib = told('nodejs_heap_size_used_bytes') / 1024 ** 2;
  if (Number.isNaN(lagMs + usedMib)) throw new Error('the server does not tell of itself');
  const files = readdirSync(`/proc/${pid}/fd`).length;
  return { mib: memoryMiB(pid), usedMib: collected ? usedMib : null, files, lagMs };
}

type Outcome = {
  readonly settledMs: number;
  readonly captured: number;
  readonly latencyMs: number;
};

function report(
  { times, errors, paid }: Work,
  samples: readonly Sample[],
  { settledMs, captured, latencyMs }: Outcome,
): Line[] {
  const warm = samples.slice(Math.floor(samples.length / 3));
  const used = warm.flatMap(({ atMinutes, usedMib }) =>
    usedMib === null ? [] : [[atMinutes, usedMib] as const],
  );
  const files = warm.map((sample) => sample.files);
  const lag = percentile(
    samples.map(({ lagMs }) => lagMs),
    0.99,
  );
  const timed = (kind: keyof Times, what: string, without = 0) => {
    const p95 = percentile(times[kind], 0.95) - without;
    const most = P95_MAX_MS[kind];
    return line(`p95 ${what}`, `${p95.toFixed(0)} ms`, `≤ ${most} ms`, p95 <= most);
  };
  return [
    fact('looks, payments', `${times.list.length + times.detail.length}, ${paid}`),
    line(
      'errors',
      errors.length === 0 ? '0' : `${errors.length}: ${errors[0]}`,
      '0',
      errors.length === 0,
    ),
    timed('list', 'list'),
    timed('detail', 'order'),
    timed('pay', `payment, beside F-REGI’s ${latencyMs} ms`, latencyMs),
    line('captured, each once', `${captured}`, `${paid}`, captured === paid),
    fact('settled after', `${(settledMs / 1_000).toFixed(1)} s`),
    line('event loop late, p99', `${lag.toFixed(0)} ms`, `≤ ${LAG_MAX_MS} ms`, lag <= LAG_MAX_MS),
    fact('memory at the end', `${(samples.at(-1)?.mib ?? 0).toFixed(0)} MiB`),
    fact('heap in use at the end', `${(used.at(-1)?.[1] ?? 0).toFixed(1)} MiB`),
    slopeLine(slopeOf(used) * 10, samples.at(-1)?.atMinutes ?? 0),
    fact('open files, least and most', `${Math.min(...files)}, ${Math.max(...files)}`),
  ];
}

/**
 * Judges the heap in use, which grows without end if there is a leak. It does not judge the
 * process's own memory: that follows V8's heap sizes, up in steps and seldom down. The slope of a
 * short run says nothing.
 */
function slopeLine(slope: number, minutes: number): Line {
  const what = 'heap in use, slope after 1/3';
  const figure = `${slope.toFixed(1)} MiB per 10 min`;
  if (minutes < SLOPE_MIN_MINUTES) return fact(what, figure);
  return line(what, figure, `≤ ${SLOPE_MAX_MIB}`, slope <= SLOPE_MAX_MIB);
}
