import type { RequestListener } from 'node:http';
import { expect, test } from 'vitest';
import { listenHttp } from '../../../test/kit/servers.ts';
import { listen } from '../../src/api/sse.ts';

const EVENTS = ': still here\n\nevent: row\ndata: {"name":\ndata: "髙橋"}\n\ndata: end\n\n';

/** Listens until the event `end`; resolves to each connection, loss and event, in their order. */
async function hear(answer: RequestListener): Promise<unknown[]> {
  const { port } = await listenHttp((request, response) => {
    response.writeHead(200, { 'content-type': 'text/event-stream' });
    answer(request, response);
  });
  const heard: unknown[] = [];
  await listen(
    `http://127.0.0.1:${port}/events`,
    { signal: AbortSignal.timeout(30_000) },
    {
      onEvent: ({ event, data }) => void heard.push(event === undefined ? data : [event, data]),
      onConnected: (connected) => void heard.push(connected ? 'connected' : 'lost'),
      isDone: () => heard.at(-1) === 'end',
    },
  );
  return heard;
}

test.each([
  ['LF', '\n'],
  ['CRLF', '\r\n'],
  ['CR', '\r'],
])('a listener hears whole events of lines that end in %s, one byte at a time', async (_, end) => {
  const bytes = Buffer.from(EVENTS.replaceAll('\n', end));
  const heard = await hear(async (_request, response) => {
    for (const byte of bytes) {
      await new Promise((sent) => response.write(Buffer.of(byte), sent));
    }
    response.end();
  });
  expect(heard).toEqual(['connected', ['row', '{"name":\n"髙橋"}'], 'end']);
});

test('a listener gives up an event that never ends, and connects again', async () => {
  const endless = 'data: '.padEnd(64 * 1024, 'x');
  let connections = 0;
  const heard = await hear((_request, response) => {
    connections += 1;
    if (connections > 1) return response.end('data: end\n\n');
    const more = () => response.write(endless, (error) => error ?? setImmediate(more));
    more();
  });
  expect(heard).toEqual(['connected', 'lost', 'connected', 'end']);
});
