import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import { currentLocale } from '../locale/index.ts';
import { type RequestOptions, urlOf } from './client.ts';

/** The maximum text that the client keeps of an unfinished event, in characters. */
const EVENT_MAX = 1024 * 1024;

export type Listener = {
  readonly onEvent: (event: EventSourceMessage) => void;
  /** Reports that the stream is open (true), or lost and to be tried again (false). */
  readonly onConnected: (connected: boolean) => void;
  /** True after the last event of the stream. */
  readonly isDone: () => boolean;
};

const WAITS_MS = [500, 1_000, 2_000, 5_000];

/**
 * Reads a stream of the API until it ends or `signal` aborts, and reconnects after a loss. An
 * EventSource cannot send the language of the reader in a header.
 */
export async function listen(
  path: string,
  wanted: Pick<RequestOptions, 'shop'> & { readonly signal: AbortSignal },
  listener: Listener,
): Promise<void> {
  const { signal } = wanted;
  let failures = 0;
  while (!signal.aborted && !listener.isDone()) {
    const heard = await listenOnce(urlOf(path, wanted), signal, listener).catch(() => false);
    if (signal.aborted || listener.isDone()) return;
    failures = heard ? 0 : failures + 1;
    if (failures > 0) listener.onConnected(false);
    await wait(WAITS_MS[Math.min(failures, WAITS_MS.length - 1)] ?? 0, signal);
  }
}

/** Resolves to true if the server answered at all. */
async function listenOnce(url: string, signal: AbortSignal, listener: Listener) {
  const answer = await fetch(url, {
    signal,
    headers: {
      accept: 'text/event-stream',
      'accept-language': currentLocale(),
      'renkei-unattended': '1',
    },
    redirect: 'error',
    credentials: 'same-origin',
    cache: 'no-store',
  });
  if (!answer.ok || answer.body === null) return false;
  listener.onConnected(true);
  const reader = answer.body
    .pipeThrough(new TextDecoderStream())
    .pipeThrough(new EventSourceParserStream({ maxBufferSize: EVENT_MAX }))
    .getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return true;
    listener.onEvent(value);
  }
}

async function wait(ms: number, signal: AbortSignal): Promise<void> {
  await new Promise<void>((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
