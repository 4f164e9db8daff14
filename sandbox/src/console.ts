import type { IncomingMessage, ServerResponse } from 'node:http';
import { operateAtConsole } from './api.ts';
import { consolePage, type Language } from './console-page.ts';
import { STYLE } from './console-style.ts';
import type { FregiGateway } from './gateway.ts';
import { parseParameters } from './wire.ts';

const HEADERS = {
  'x-sandbox': '1',
  'cache-control': 'no-store',
  'content-security-policy':
    "default-src 'none'; style-src 'self'; form-action 'self'; frame-ancestors 'none'",
};

/** The console (管理画面): pages by GET, actions by POST and a redirect back. */
export async function answerConsole(
  gateway: FregiGateway,
  url: URL,
  body: Buffer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const language: Language = url.searchParams.get('lang') === 'en' ? 'en' : 'ja';
  const path = url.pathname.replace(/^\/sandbox\/console\/?/, '');
  if (path === 'style.css') {
    response.writeHead(200, { ...HEADERS, 'content-type': 'text/css; charset=utf-8' });
    response.end(STYLE);
    return;
  }
  if (request.method === 'POST') {
    const said = await act(gateway, path, body);
    const back = new URLSearchParams({ lang: language, said });
    response.writeHead(303, { ...HEADERS, location: `/sandbox/console?${back}` }).end();
    return;
  }
  const page = consolePage(gateway, {
    language,
    shopId: url.searchParams.get('shop') ?? '',
    state: url.searchParams.get('state') ?? '',
    q: (url.searchParams.get('q') ?? '').trim(),
    said: url.searchParams.get('said') ?? '',
  });
  response.writeHead(200, { ...HEADERS, 'content-type': 'text/html; charset=utf-8' });
  response.end(page.text);
}

async function act(gateway: FregiGateway, path: string, body: Buffer): Promise<string> {
  if (path === 'transmission') return `伝送: ${await gateway.transmit()}`;
  const [seqno = '', operation = ''] = path.split('/');
  const amount = parseParameters(body.toString('latin1')).get('amount') ?? '';
  const lines = await operateAtConsole(gateway, seqno, operation, amount);
  return lines === null ? '404' : `${seqno}: ${lines.join(' ')}`;
}
