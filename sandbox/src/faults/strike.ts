import { findEndpoint } from '../endpoints/index.ts';
import type { CgiCall, FregiGateway } from '../gateway.ts';
import { encodeLines } from '../wire/euc.ts';
import type { FaultRule } from './rules.ts';

/** The answer over the wire; null drops the connection. */
export type WireReply = {
  readonly status: number;
  readonly type: string;
  readonly body: Buffer;
  /** The time of the body, byte by byte, in milliseconds. */
  readonly dripMs?: number;
} | null;

const EUC = 'text/plain; charset=EUC-JP';
const DELAY_MS = 90_000;
const DRIP_MS = 5_000;

/** Carries a call out, struck by a fault or not. */
export async function carryOut(
  gateway: FregiGateway,
  cgi: string,
  call: CgiCall,
  fault: FaultRule | null,
): Promise<WireReply> {
  const act = async (): Promise<WireReply> => {
    const { lines } = await gateway.execute(cgi, call);
    return { status: 200, type: EUC, body: encodeLines(lines) };
  };
  if (fault === null) return act();
  switch (fault.kind) {
    case 'decline':
      return { status: 200, type: EUC, body: encodeLines(declined(cgi, fault)) };
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
      return halfChange(gateway, cgi, call);
    default:
      return act().then((reply) => spoil(reply, fault));
  }
}

export function text(status: number, body: string): Exclude<WireReply, null> {
  return { status, type: 'text/plain', body: Buffer.from(`${body}\n`) };
}

/** The redirect CGIs answer code and message in lines of their own (protocol §1). */
function declined(cgi: string, fault: FaultRule): string[] {
  const { code = 'JCN-G55', text: said = '利用限度額を超えています' } = fault;
  return cgi.startsWith('compsettle') ? ['NG', code, said] : ['NG', `${code}(${said})`];
}

/** Half a change: approves the new amount and does not release the old one. */
async function halfChange(gateway: FregiGateway, cgi: string, call: CgiCall): Promise<WireReply> {
  const situation = gateway.situation(call);
  const outcome = situation === null ? null : findEndpoint(cgi)?.(call.parameters, situation);
  const opened = outcome?.events.filter(({ kind }) => kind === 'opened') ?? [];
  await gateway.record(opened);
  return null;
}

/** Spoils the answer of a call that was carried out, so that nobody can tell from it. */
function spoil(reply: WireReply, { kind, delayMs }: FaultRule): WireReply {
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
    case 'slow_drip':
      return { status: 200, type: EUC, body, dripMs: delayMs ?? DRIP_MS };
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

function later({ delayMs = DELAY_MS }: FaultRule): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, delayMs).unref();
  });
}
