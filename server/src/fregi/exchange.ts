import { request as httpRequest } from 'node:http';
import { request as httpsRequest, type RequestOptions } from 'node:https';
import type { Answer } from '@renkei/core/turns/asks.ts';

const CONNECT_MS = 5_000;

export type Reply = { readonly kind: 'reply'; readonly status: number; readonly bytes: Buffer };
/** The call never left, or nobody knows what became of it. */
export type NoReply = Extract<Answer, { kind: 'unsent' | 'unknown' }>;

/**
 * Makes one HTTP exchange. Before the connection stands nothing can have left: a failure is
 * `unsent`. From then on every failure is `unknown`.
 */
export function exchange(
  url: URL,
  wanted: {
    /** If absent: POST with a body, otherwise GET. */
    readonly method?: 'HEAD';
    readonly body: string | null;
    readonly deadlineMs: number;
    readonly bytesMax: number;
  },
): Promise<Reply | NoReply> {
  return new Promise((resolve) => {
    let connected = false;
    const secure = url.protocol === 'https:';
    const options: RequestOptions = {
      method: wanted.method ?? (wanted.body === null ? 'GET' : 'POST'),
      agent: false,
      headers: headersFor(wanted.body),
    };
    const send = secure ? httpsRequest : httpRequest;
    const request = send(url, options, (response) => {
      const chunks: Buffer[] = [];
      let length = 0;
      response.on('data', (chunk: Buffer) => {
        length += chunk.length;
        chunks.push(chunk);
        if (length > wanted.bytesMax) fail('an answer that is too long');
      });
      response.on('end', () => {
        if (!response.complete) return fail('an answer that was cut off');
        finish({ kind: 'reply', status: response.statusCode ?? 0, bytes: Buffer.concat(chunks) });
      });
      response.on('error', (error) => fail(error.message));
      response.on('aborted', () => fail('an answer that was cut off'));
    });
    const deadline = setTimeout(() => fail('no answer in time'), wanted.deadlineMs);
    const connecting = setTimeout(() => {
      if (!connected) fail('no connection in time');
    }, CONNECT_MS);

    function finish(outcome: Reply | NoReply): void {
      clearTimeout(deadline);
      clearTimeout(connecting);
      resolve(outcome);
      request.destroy();
    }
    function fail(cause: string): void {
      finish({ kind: connected ? 'unknown' : 'unsent', cause });
    }
    request.on('socket', (socket) => {
      socket.once(secure ? 'secureConnect' : 'connect', () => {
        connected = true;
        // The body leaves only now, so that nothing can have left before.
        request.end(wanted.body ?? undefined);
      });
    });
    request.on('error', (error) => fail(error.message));
  });
}

function headersFor(body: string | null): Record<string, string | number> {
  const common = { connection: 'close', 'accept-encoding': 'identity' };
  if (body === null) return common;
  const type = 'application/x-www-form-urlencoded';
  return { ...common, 'content-type': type, 'content-length': Buffer.byteLength(body) };
}
