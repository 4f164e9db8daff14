import { createServer } from 'node:http';

/**
 * A gateway that costs next to nothing: it keeps a ledger of captures, waits as long as it is told,
 * and answers in F-REGI's format. It runs in a process of its own, so that it takes no time from
 * its caller. `POST /control` sets its behaviour, `GET /ledger` returns its captures, `POST
 * /forget` empties the ledger.
 */
export type GatewayMode = {
  readonly latencyMs: number;
  /** The answer to a second capture of one transaction. */
  readonly onRepeat: 'refuse' | 'repeat' | 'ignore';
  /** The faults of the first calls, in order; afterwards all calls succeed. */
  readonly faults: readonly ('drop_before' | 'drop_after' | 'late' | 'reset')[];
};

export type Ledger = Readonly<Record<string, number>>;

let mode: GatewayMode = { latencyMs: 0, onRepeat: 'refuse', faults: [] };
let faults: GatewayMode['faults'][number][] = [];
const captures = new Map<string, number>();
const LATE_MS = 1_500;

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const body = Buffer.concat(chunks).toString('latin1');
  const url = new URL(request.url ?? '/', 'http://stub');
  if (url.pathname === '/control') {
    mode = JSON.parse(body);
    faults = [...mode.faults];
    return response.end('{}');
  }
  if (url.pathname === '/forget') {
    captures.clear();
    return response.end('{}');
  }
  if (url.pathname === '/ledger') return response.end(JSON.stringify(Object.fromEntries(captures)));
  if (url.pathname === '/inquiry') return response.end(seen(url.searchParams.get('id') ?? ''));

  const fault = faults.shift();
  if (mode.latencyMs > 0) await sleep(mode.latencyMs);
  if (fault === 'drop_before') return request.socket.destroy();
  const lines = capture(new URLSearchParams(body).get('SEQNO') ?? '');
  if (fault === 'late') await sleep(LATE_MS);
  if (fault === 'drop_after') return request.socket.destroy();
  if (fault === 'reset') return request.socket.resetAndDestroy();
  response.setHeader('content-type', 'text/plain; charset=EUC-JP');
  response.end(lines);
});

function capture(seqno: string): Buffer {
  const before = captures.get(seqno) ?? 0;
  if (before > 0 && mode.onRepeat === 'refuse') return ALREADY_CAPTURED;
  if (before === 0 || mode.onRepeat === 'repeat') captures.set(seqno, before + 1);
  return Buffer.from(`OK\n${seqno}\n`);
}

/** NG, S1-1-122(売上処理時の指定された取引は売上受付済みです), in EUC-JP. */
const ALREADY_CAPTURED = Buffer.concat([
  Buffer.from('NG\nS1-1-122('),
  Buffer.from(
    'c7e4bee5bde8cdfdbbfea4cebbd8c4eaa4b5a4eca4bfbce8b0faa4cfc7e4bee5bcf5c9d5bad1a4dfa4c7a4b9',
    'hex',
  ),
  Buffer.from(')\n'),
]);

/** The bench's orders have their slip number as 取引番号, and one amount. */
function seen(slipId: string): string {
  const seqno = slipId.padStart(20, '0');
  const state = captures.has(seqno) ? 'captured_untransmitted' : 'authorized';
  return JSON.stringify({ transactions: [{ seqno, authCode: 'A1b2C3', state, amount: 9_115 }] });
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}

server.listen(Number(process.env.PORT), '127.0.0.1', () => console.log('ready'));
