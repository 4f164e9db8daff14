import type { Socket } from 'node:net';
import { yen } from '@renkei/core/domain/values/yen.ts';
import type { Gateway } from '@renkei/core/ports/gateway.ts';
import type { Ask } from '@renkei/core/turns/asks.ts';
import { describe, expect, test } from 'vitest';
import { lineTo } from '../../../test/kit/fregi-line.ts';
import { listenTcp } from '../../../test/kit/servers.ts';
import { createFregiGateway } from '../../src/fregi/client.ts';

const SEQNO = '00000000000000002954';
const ASK: Ask = {
  shopId: 'hanamichi',
  verb: 'capture',
  seqno: SEQNO,
  authCode: null,
  slipId: '100000394011',
  amount: yen(9_115),
  card: null,
};

/** Opens a server of raw bytes; the test's function handles each connection. */
async function serve(onRequest: (socket: Socket, request: string) => void): Promise<string> {
  const { port } = await listenTcp((socket) => {
    let request = '';
    socket.on('data', (bytes) => {
      request += bytes.toString('latin1');
      const length = /content-length: (\d+)/i.exec(request)?.[1] ?? '0';
      const [, body = ''] = request.split('\r\n\r\n');
      if (body.length >= Number(length) && request.includes('\r\n\r\n')) onRequest(socket, request);
    });
  });
  return `http://127.0.0.1:${port}/connect/`;
}

function gatewayAt(baseUrl: string, callMs = 500): Gateway {
  return createFregiGateway({
    line: lineTo({ fregiShopId: '90001', baseUrl, inquiryUrl: null }),
    callMs,
    queueMs: 500,
    width: { perShop: 2, total: 2 },
  });
}

function http(status: string, body: string, headers = ''): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${Buffer.byteLength(body)}\r\n${headers}\r\n${body}`;
}

describe('one attempt with a true outcome', () => {
  test('an OK is done, and the request is a POST of a form', async () => {
    let seen = '';
    const url = await serve((socket, request) => {
      seen = request;
      socket.end(http('200 OK', `OK\n${SEQNO}\n`));
    });
    expect(await gatewayAt(url).ask(ASK)).toEqual({ kind: 'done', seqno: null, authCode: null });
    expect(seen).toMatch(/^POST \/connect\/sale\.cgi HTTP\/1\.1\r\n/);
    expect(seen).toMatch(/connection: close/i);
    expect(seen).toContain(`SEQNO=${SEQNO}`);
  });

  test('a call that nobody listens to never left', async () => {
    const answer = await gatewayAt('http://127.0.0.1:1/connect/').ask(ASK);
    expect(answer).toMatchObject({ kind: 'unsent' });
  });

  test('a call to a name that does not resolve never left', async () => {
    const answer = await gatewayAt('http://nowhere.invalid/connect/').ask(ASK);
    expect(answer).toMatchObject({ kind: 'unsent' });
  });

  test.each<[string, (socket: Socket) => void]>([
    ['reset after the request', (socket) => socket.resetAndDestroy()],
    ['closed without a word', (socket) => socket.end()],
    ['no answer at all', () => {}],
    ['half an answer', (socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\nOK\n')],
    ['500', (socket) => socket.end(http('500 Internal Server Error', `OK\n${SEQNO}\n`))],
    ['204', (socket) => socket.end('HTTP/1.1 204 No Content\r\n\r\n')],
    ['HTML', (socket) => socket.end(http('200 OK', '<html>busy</html>'))],
    ['a body without end', (socket) => socket.write(http('200 OK', 'x'.repeat(70_000)))],
    [
      'a redirect is not followed',
      (socket) => socket.end(http('302 Found', '', 'Location: http://127.0.0.1:1/\r\n')),
    ],
    ['a drip', (socket) => setInterval(() => socket.write('H'), 100).unref()],
  ])('ASVS 15.3.2: the outcome is unknown after: %s', async (_name, react) => {
    let asked = 0;
    const url = await serve((socket) => {
      asked += 1;
      react(socket);
    });
    expect(await gatewayAt(url).ask(ASK)).toMatchObject({ kind: 'unknown' });
    expect(asked).toBe(1);
  });

  test('a call that does not get its turn in time is not sent', async () => {
    let asked = 0;
    const url = await serve(() => {
      asked += 1;
    });
    const gateway = gatewayAt(url, 2_000);
    const answers = await Promise.all([gateway.ask(ASK), gateway.ask(ASK), gateway.ask(ASK)]);
    expect(answers.map(({ kind }) => kind).sort()).toEqual(['unknown', 'unknown', 'unsent']);
    expect(asked).toBe(2);
  });
});
