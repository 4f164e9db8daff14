import type { IncomingMessage, ServerResponse } from 'node:http';
import { findEndpoint } from './endpoints.ts';
import type { FaultRule } from './faults.ts';
import type { FregiGateway } from './gateway.ts';
import { encodeLines, type Parameters } from './wire.ts';

/** What goes back over the wire; null drops the connection. */
type Reply = { readonly status: number; readonly type: string; readonly body: Buffer } | null;

const EUC = 'text/plain; charset=EUC-JP';

/** Answers a call under /connect/ or /connecttest/, with whatever fault is to strike it. */
export async function connect(
  gateway: FregiGateway,
  cgi: string,
  parameters: Parameters,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const began = performance.now();
  const shopId = parameters.get('SHOPID') ?? '';
  const address = request.socket.remoteAddress ?? '';
  if (findEndpoint(cgi) === null) return send(response, text(404, 'Not Found'));
  if (!gateway.mayCall(shopId, address)) return send(response, text(403, 'Forbidden'));

  const fault = gateway.faults.strike({ shopId, cgi, id: slipOf(gateway, shopId, parameters) });
  const reply = await carryOut(gateway, cgi, shopId, parameters, fault);
  gateway.log({
    at: gateway.now(),
    cgi,
    shopId,
    request: [...parameters].map(([name, value]) => `${name}=${mask(name, value)}`).join('&'),
    answer: reply?.body.toString('base64') ?? '',
    decoded: reply === null ? '' : new TextDecoder('euc-jp').decode(reply.body),
    fault: fault?.kind ?? null,
    tookMs: Math.round(performance.now() - began),
  });
  if (reply === null) response.destroy();
  else send(response, reply);
}

async function carryOut(
  gateway: FregiGateway,
  cgi: string,
  shopId: string,
  parameters: Parameters,
  fault: FaultRule | null,
): Promise<Reply> {
  const act = async (): Promise<Reply> => {
    const { lines } = await gateway.execute(cgi, shopId, parameters, 'shop');
    return { status: 200, type: EUC, body: encodeLines(lines) };
  };
  if (fault === null) return act();
  switch (fault.kind) {
    case 'decline': {
      const line = `${fault.code ?? 'JCN-G55'}(${fault.text ?? '利用限度額を超えています'})`;
      return { status: 200, type: EUC, body: encodeLines(['NG', line]) };
    }
    case 'drop_before':
      return null;
    case 'drop_after':
      return act().then(() => null);
    case 'late_act':
      return later(fault).then(act);
    case 'late_answer':
      return act().then((reply) => later(fault).then(() => reply));
    case 'http_500_before':
      return text(500, 'Internal Server Error');
    case 'http_500_after':
      return act().then(() => text(500, 'Internal Server Error'));
    case 'half_change':
      return halfChange(gateway, cgi, shopId, parameters);
    default:
      return act().then((reply) => spoil(reply, fault.kind));
  }
}

/** Half a change: the new approval is taken, the old one is not released. */
async function halfChange(
  gateway: FregiGateway,
  cgi: string,
  shopId: string,
  parameters: Parameters,
): Promise<Reply> {
  const outcome = findEndpoint(cgi)?.(parameters, gateway.situation(shopId, 'shop'));
  const opened = outcome?.events.filter(({ kind }) => kind === 'opened') ?? [];
  await gateway.record(opened);
  return null;
}

/** The call was carried out, but nobody can tell from the answer. */
function spoil(reply: Reply, kind: FaultRule['kind']): Reply {
  const body = reply?.body ?? Buffer.alloc(0);
  switch (kind) {
    case 'garbage':
      return { status: 200, type: EUC, body: Buffer.from(body.map((byte) => byte ^ 0xa5)) };
    case 'html':
      return {
        status: 200,
        type: 'text/html',
        body: Buffer.from('<html><body>Service Temporarily Unavailable</body></html>'),
      };
    case 'cut_off':
      return { status: 200, type: EUC, body: body.subarray(0, Math.floor(body.length / 2)) };
    case 'wrong_charset':
      return {
        status: 200,
        type: 'text/plain; charset=UTF-16',
        body: Buffer.from(new TextDecoder('euc-jp').decode(body), 'utf16le'),
      };
    default:
      return { status: 200, type: EUC, body: Buffer.alloc(0) };
  }
}

function later({ delayMs = 90_000 }: FaultRule): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}

/** The 伝票番号 that a call is about: named by authm, found by number for the rest. */
function slipOf(gateway: FregiGateway, shopId: string, parameters: Parameters): string {
  const seqno = parameters.get('SEQNO') ?? parameters.get('CANCELSEQNO') ?? '';
  return gateway.ledger.find(shopId, seqno)?.id ?? parameters.get('ID') ?? '';
}

const SHOWN = [
  ...['SHOPID', 'SEQNO', 'CANCELSEQNO', 'AUTHCODE', 'ID', 'CUSTOMERID', 'PAY', 'PAYMODE'],
  ...['MONTHLY', 'MONTHLYMODE', 'SALETOGETHER', 'CANCELFIRST', 'SKIPSCODE', 'GETEXPIRE'],
  ...['CHARCODE', 'QUIET', 'MOBILE'],
];

/** Even a sandbox logs no card and no customer: what is not known to be harmless is masked. */
function mask(name: string, value: string): string {
  return SHOWN.includes(name) ? value : '*'.repeat(value.length);
}

function text(status: number, body: string): Exclude<Reply, null> {
  return { status, type: 'text/plain', body: Buffer.from(`${body}\n`) };
}

function send(response: ServerResponse, reply: Exclude<Reply, null>): void {
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': reply.body.length,
    'x-sandbox': '1',
  });
  response.end(reply.body);
}
