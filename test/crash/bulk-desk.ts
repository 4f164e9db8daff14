import type { RunDetail, RunRowState } from '../../contract/src/runs.ts';
import { Client, type Reply } from '../kit/clients.ts';
import { readLedger } from './ledger.ts';
import { sleep } from './processes.ts';
import { killAndReplace } from './storm.ts';
import type { Shop, Town } from './town.ts';

/** The four groups in which a run shows its rows: 成功, エラー, 確認中, 未実行. */
export const GROUPS = ['succeeded', 'failed', 'in_doubt', 'not_executed'] as const;
export type Group = (typeof GROUPS)[number];

/** Null for a waiting row: a run that has ended should have none. */
const GROUP_OF: Readonly<Record<RunRowState, Group | null>> = {
  succeeded: 'succeeded',
  proposed: 'not_executed',
  failed: 'failed',
  stopped: 'not_executed',
  excluded: 'not_executed',
  asking: 'in_doubt',
  unknown: 'in_doubt',
  review: 'in_doubt',
  waiting: null,
};

/** A run that has ended by itself or was stopped by a person. */
export type Round = {
  readonly shop: Shop;
  /** The selected orders. */
  readonly numbers: readonly string[];
  readonly runId: string;
  readonly wasKilledMidway: boolean;
  /** The group of each order when the run ended. */
  readonly atItsEnd: ReadonlyMap<string, Group | null>;
};

/** Of every so many selected rows, somebody changes one and voids it at F-REGI's console. */
const CHANGED_OF = 25;
const VOIDED_OF = 20;
/** Of every so many runs, a person stops one while its server is gone. */
const STOPPED_OF = 4;
/** Kills a server at the latest after this share of its rows, so that much is left to do. */
const KILLED_MAX = 0.6;
const ENDED_MS = 120_000;

/** An operator at one shop who starts runs and reads their results. */
export class Desk {
  readonly #town: Town;
  readonly #shop: Shop;
  readonly #cookie: string;

  constructor(town: Town, shop: Shop, cookie: string) {
    this.#town = town;
    this.#shop = shop;
    this.#cookie = cookie;
  }

  /**
   * Carries out the `n`th run with `rows` orders and kills its server in the middle. Resolves when
   * the run has ended.
   */
  async carryOut(n: number, rows: number): Promise<Round> {
    const shop = this.#shop;
    const numbers = await this.#town.placeOrders(shop, rows);
    const isStopped = n % STOPPED_OF === STOPPED_OF - 1;
    await this.#disturb(numbers, !isStopped);
    const slot = n % this.#town.servers.length;
    const runId = await this.#start(numbers, slot);

    await this.#untilWaiting(runId, rows * (1 - Math.random() * KILLED_MAX));
    const back = killAndReplace(this.#town, slot);
    const wasKilledMidway = (await this.#countWaiting(runId)) > 0;
    if (isStopped) await this.#stop(runId, slot + 1);
    await back;
    await this.#untilEnded(runId);
    return { shop, numbers, runId, wasKilledMidway, atItsEnd: await this.groupsOf(runId) };
  }

  /** Returns the group of each row, by order. */
  async groupsOf(runId: string): Promise<Map<string, Group | null>> {
    const { rows, counts } = await this.#read(runId);
    const counted = Object.values(counts).reduce((sum, count) => sum + count, 0);
    if (counted !== rows.length) throw new Error(`${counted} of ${rows.length} rows are counted`);
    const groups = new Map(rows.map(({ orderNumber, state }) => [orderNumber, GROUP_OF[state]]));
    if (groups.size !== rows.length) throw new Error(`run ${runId} has an order twice`);
    return groups;
  }

  async #disturb(numbers: readonly string[], isVoided: boolean): Promise<void> {
    const changed = numbers.filter((_, index) => index % CHANGED_OF === 3);
    for (const orderNumber of changed) {
      const change = { body: { amounts: { discount: 9 } }, version: 1 };
      await this.#send('PUT', `/v1/orders/${orderNumber}/amounts`, change, 0, 200);
    }
    if (!isVoided) return;
    const { sandbox } = this.#town;
    const voided = new Set(numbers.filter((_, index) => index % VOIDED_OF === 7));
    const ledger = await readLedger(sandbox.url, `&shopid=${this.#shop.fregiShopId}`);
    for (const { seqno } of ledger.filter(({ id }) => voided.has(id))) {
      const url = `${sandbox.url}/sandbox/v1/transactions/${seqno}/void`;
      const answer = await fetch(url, { method: 'POST' });
      if (!answer.ok) throw new Error(await answer.text());
    }
  }

  /** Starts a run at the server of a slot, which carries it out. */
  async #start(numbers: readonly string[], slot: number): Promise<string> {
    const body = { rows: numbers.map((orderNumber) => ({ orderNumber, version: 1 })) };
    const headers = { 'renkei-confirm': String(numbers.length) };
    const { body: run } = await this.#send('POST', '/v1/runs', { body, headers }, slot, 202);
    return run.id;
  }

  async #stop(runId: string, slot: number): Promise<void> {
    const path = `/v1/runs/${runId}/control`;
    await this.#send('POST', path, { body: { action: 'stop' } }, slot, 200);
  }

  async #untilWaiting(runId: string, most: number): Promise<void> {
    while ((await this.#countWaiting(runId)) > most) await sleep(5);
  }

  async #countWaiting(runId: string): Promise<number> {
    const { rowCount } = await this.#town.db.query(
      `select from run_rows where run_id = $1 and state = 'waiting'`,
      [runId],
    );
    return rowCount ?? 0;
  }

  async #untilEnded(runId: string): Promise<void> {
    const deadline = performance.now() + ENDED_MS;
    for (;;) {
      const { state, counts } = await this.#read(runId);
      if (state !== 'running' && counts.waiting === 0) return;
      if (performance.now() > deadline) throw new Error(`${state}: ${JSON.stringify(counts)}`);
      await sleep(200);
    }
  }

  async #read(runId: string): Promise<RunDetail> {
    return (await this.#send('GET', `/v1/runs/${runId}`, {}, 0, 200)).body;
  }

  async #send(
    method: string,
    path: string,
    wanted: Parameters<Client['send']>[2],
    slot: number,
    status: number,
  ): Promise<Reply> {
    const { servers } = this.#town;
    const url = servers[slot % servers.length]?.url ?? '';
    const client = new Client(url, this.#cookie);
    const reply = await client.send(method, `${path}?shop=${this.#shop.shopId}`, wanted);
    if (reply.status !== status) throw new Error(`${reply.status} ${JSON.stringify(reply.body)}`);
    return reply;
  }
}
