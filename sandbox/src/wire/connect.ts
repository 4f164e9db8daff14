import type { IncomingMessage, ServerResponse } from 'node:http';
import { findEndpoint } from '../endpoints/index.ts';
import { carryOut, text, type WireReply } from '../faults/strike.ts';
import type { FregiGateway } from '../gateway.ts';
import { mayCall } from '../shops.ts';
import { type Parameters, parseParameters } from './form.ts';
import { maskForm, maskParameters } from './log.ts';
import { originOf } from './origin.ts';

/** A request to a CGI: its area, its name, and its form as it came. */
export type CgiRequest = { readonly area: string; readonly cgi: string; readonly form: string };

/** Answers a call under /connect/ or /connecttest/, with the fault that strikes it. */
export async function connect(
  gateway: FregiGateway,
  { area, cgi, form }: CgiRequest,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const began = performance.now();
  const parameters = parseParameters(form);
  const shopId = parameters.get('SHOPID') ?? '';
  if (findEndpoint(cgi) === null) return send(response, text(404, 'Not Found'));
  const shop = gateway.shop(shopId);
  if (shop === null || !mayCall(shop, request.socket.remoteAddress ?? '')) {
    return send(response, text(403, 'Forbidden'));
  }
  const method = request.method ?? 'GET';
  const fault = gateway.faults.strike({ shopId, cgi, id: slipOf(gateway, shopId, parameters) });
  const call = { shopId, parameters, by: 'shop', origin: originOf(request) } as const;
  const reply = await carryOut(gateway, cgi, { ...call, posted: method === 'POST' }, fault);
  const masked = maskParameters(parameters);
  gateway.wireLog.add({
    at: gateway.now(),
    area,
    cgi,
    method,
    shopId,
    parameters: masked,
    form: maskForm(form, masked),
    reply: reply === null ? null : { status: reply.status, bytes: reply.body },
    fault: fault?.kind ?? null,
    tookMs: Math.round(performance.now() - began),
  });
  if (reply === null) response.destroy();
  else send(response, reply);
}

/** Returns the 伝票番号 of a call: authm names it; for other CGIs it is found by number. */
function slipOf({ ledger }: FregiGateway, shopId: string, parameters: Parameters): string {
  const seqno = parameters.get('SEQNO') ?? parameters.get('CANCELSEQNO') ?? '';
  const issue = ledger.issues.get(parameters.get('SETTLENO') ?? '');
  return ledger.find(shopId, seqno)?.id ?? issue?.id ?? parameters.get('ID') ?? '';
}

function send(response: ServerResponse, reply: Exclude<WireReply, null>): void {
  response.writeHead(reply.status, {
    'content-type': reply.type,
    'content-length': reply.body.length,
    'x-sandbox': '1',
  });
  if (reply.dripMs === undefined) response.end(reply.body);
  else drip(response, reply.body, reply.dripMs / Math.max(1, reply.body.length));
}

/** Sends the answer byte by byte. */
function drip(response: ServerResponse, body: Buffer, everyMs: number, at = 0): void {
  if (response.destroyed) return;
  if (at >= body.length) return void response.end();
  response.write(body.subarray(at, at + 1));
  setTimeout(() => drip(response, body, everyMs, at + 1), everyMs).unref();
}
