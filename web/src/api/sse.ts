import { type EventSourceMessage, EventSourceParserStream } from 'eventsource-parser/stream';
import { currentLocale } from '../locale/index.ts';
import { urlOf, type Wanted } from './client.ts';

/** The most text that is kept of an event that has not come to its end. */
const EVENT_MAX = 1024 * 1024;

export type Listener = {
  readonly onEvent: (event: EventSourceMessage) => void;
  /** The stream is being listened to (true), or is lost and will be tried again (false). */
  readonly onConnected: (connected: boolean) => void;
  /** True once there is nothing more to hear. */
  readonly isDone: () => boolean;
};

const WAITS_MS = [500, 1_000, 2_000, 5_000];

/**
 * Listens to a stream of the API until it has nothing more to say or `signal` aborts, connecting
 * again when it is lost. Not an EventSource, which could not say in which language it listens.
 */
export async function listen(
  path: string,
  wanted: Pick<Wanted, 'shop'> & { readonly signal: AbortSignal },
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

/** Resolves to whether the server was heard at all. */
async function listenOnce(url: string, signal: AbortSignal, listener: Listener) {
  const answer = await fetch(url, {
    signal,
    headers: { accept: 'text/event-stream', 'accept-language': currentLocale() },
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
