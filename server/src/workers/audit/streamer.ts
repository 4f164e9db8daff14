import { randomUUID } from 'node:crypto';
import {
  claimStream,
  listUnstreamed,
  noteStreamed,
  type StreamedEntry,
} from '../../store/audit/streams.ts';
import type { Db } from '../../store/db/db.ts';
import { Rounds, type Worker } from '../rounds.ts';

type StreamerOptions = {
  readonly db: Db;
  readonly to: { readonly url: string; readonly token: string | null };
  readonly onError: (error: unknown) => void;
};

const BATCH = 500;
const EVERY_MS = 2_000;
const ANSWER_MS = 10_000;
/** A server that is gone keeps the stream for so long. */
const CLAIM_S = 30;

/**
 * Hands the shops' own logs on to a collector, as OpenTelemetry logs over HTTP (OTLP, JSON): each
 * entry at least once, and each shop's in sequence. The database keeps how far it has come, so an
 * entry waits while the collector is away and while the server is down. One server does it at a
 * time. An entry that comes twice has the same shop and number.
 */
export class Streamer implements Worker {
  readonly #options: StreamerOptions;
  readonly #holder = randomUUID();
  readonly #closing = new AbortController();
  readonly #rounds: Rounds;

  constructor(options: StreamerOptions) {
    this.#options = options;
    this.#rounds = new Rounds(() => this.#round(), options.onError);
  }

  open(everyMs = EVERY_MS): void {
    this.#rounds.open(everyMs);
  }

  close(): Promise<void> {
    this.#closing.abort();
    return this.#rounds.close();
  }

  async #round(): Promise<'more' | undefined> {
    const { db, to } = this.#options;
    if (!(await claimStream(db, to.url, this.#holder, CLAIM_S))) return undefined;
    const entries = await listUnstreamed(db, to.url, BATCH);
    if (entries.length === 0) return undefined;
    try {
      await this.#send(entries);
    } catch (error) {
      if (this.#closing.signal.aborted) return undefined; // the next start sends them again
      throw error;
    }
    await noteStreamed(db, to.url, entries);
    return 'more';
  }

  /** Resolves once the collector has taken them. */
  async #send(entries: readonly StreamedEntry[]): Promise<void> {
    const { url, token } = this.#options.to;
    const answer = await fetch(url, {
      method: 'POST',
      redirect: 'error',
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
      },
      body: JSON.stringify(asLogs(entries)),
      signal: AbortSignal.any([this.#closing.signal, AbortSignal.timeout(ANSWER_MS)]),
    }).catch((cause: unknown) => {
      throw new Error(`the collector of the audit log does not answer: ${url}`, { cause });
    });
    await answer.body?.cancel();
    if (!answer.ok) throw new Error(`the collector of the audit log answers ${answer.status}`);
  }
}

/** OTLP's `ExportLogsServiceRequest` in JSON. */
function asLogs(entries: readonly StreamedEntry[]) {
  const resource = { attributes: [attribute('service.name', 'renkei')] };
  const scope = { name: 'renkei.audit' };
  return {
    resourceLogs: [{ resource, scopeLogs: [{ scope, logRecords: entries.map(recordOf) }] }],
  };
}

const INFO = { severityNumber: 9, severityText: 'INFO' };
const WARN = { severityNumber: 13, severityText: 'WARN' };
/** What whoever watches is woken by. */
const ALARMING: readonly unknown[] = ['sign_in_failed', 'last_owner_forced', 'two_factor_off'];

function recordOf(entry: StreamedEntry) {
  const { shopId, n, at, actor, area, subject, before, after, hash } = entry;
  const action = after?.action ?? `${area}_changed`;
  const said = { actor, subject, before, after };
  return {
    timeUnixNano: `${at}000000`,
    ...(ALARMING.includes(action) ? WARN : INFO),
    eventName: `renkei.${action}`,
    body: { stringValue: JSON.stringify(said) },
    attributes: [
      attribute('renkei.shop', shopId),
      attribute('renkei.n', String(n)),
      attribute('renkei.action', String(action)),
      attribute('renkei.hash', hash),
      attribute('user.id', actor.id),
      attribute('user.name', actor.name),
      ...(actor.from?.ip == null ? [] : [attribute('client.address', actor.from.ip)]),
    ],
  };
}

function attribute(key: string, stringValue: string) {
  return { key, value: { stringValue } };
}
