import { Dice } from '../../src/dice.ts';
import { createSandbox } from '../../src/index.ts';
import { Line } from '../line.ts';
import { Books } from './books.ts';
import { type FuzzRequest, generate, type Known } from './generate.ts';
import { readAnswer } from './grammar.ts';

export type Fuzzed = {
  readonly requests: number;
  /** By the first line, or the HTTP status where it is not 200. */
  readonly told: Readonly<Record<string, number>>;
  /** What must not be; empty if all is well. */
  readonly findings: readonly string[];
};

const SHOPS = [
  { shopId: '00001', name: '店', inquiry: true, mayCancelFirst: true },
  { shopId: '00002', name: '別の店', inquiry: false },
];
const STATUSES = [200, 400, 403, 404];
const KNOWN_MAX = 500;
const FINDINGS_MAX = 20;

/**
 * Asks so many odd things over so many connections: the sandbox must not crash, must answer in the
 * grammar, and its ledger must be what it told.
 */
export async function fuzz(requests: number, seed: number, width = 16): Promise<Fuzzed> {
  const sandbox = await createSandbox({ directory: null, shops: SHOPS, seed });
  const known: Known = { seqnos: [], settlenos: [], customers: [] };
  const books = new Books();
  const told: Record<string, number> = {};
  const findings: string[] = [];
  const dice = new Dice(seed);
  let left = requests;
  const work = async (): Promise<void> => {
    const line = new Line(sandbox.url);
    while (left > 0 && findings.length < FINDINGS_MAX) {
      left -= 1;
      const request = generate(dice, known);
      const path = `/${dice.below(2) === 0 ? 'connect' : 'connecttest'}/${request.cgi}`;
      const reply = await line.ask(request.method, path, request.form);
      if (reply === null || !STATUSES.includes(reply.status)) {
        findings.push(describe(request, `HTTP ${reply?.status ?? 'broke'}`));
      } else if (reply.status === 200) {
        note(request, reply.body);
      } else {
        count(`HTTP ${reply.status}`);
      }
    }
    line.close();
  };
  function note(request: FuzzRequest, body: Buffer): void {
    const lines = readAnswer(request.cgi, body);
    if (lines === null) return void findings.push(describe(request, body.toString('hex')));
    count(lines[0] ?? '');
    books.note(request, lines);
    remember(known, request, lines);
  }
  function count(what: string): void {
    told[what] = (told[what] ?? 0) + 1;
  }
  await Promise.all(Array.from({ length: width }, work));
  const shopIds = SHOPS.map(({ shopId }) => shopId);
  findings.push(...books.audit(sandbox.gateway.ledger, shopIds));
  await sandbox.close();
  return { requests, told, findings };
}

/** Keeps some of what was given, for later requests to be about. */
function remember(known: Known, { cgi }: FuzzRequest, lines: readonly string[]): void {
  if (lines[0] !== 'OK') return;
  const seqno = lines.slice(1).find((line) => /^\d{20}$/.test(line));
  if (cgi === 'compsettleapply.cgi') keep(known.settlenos, seqno);
  else if (cgi !== 'convorder.cgi') keep(known.seqnos, seqno);
  if (cgi === 'authm.cgi') keep(known.customers, `c-${known.seqnos.length % 50}`);
}

function keep(list: string[], item: string | undefined): void {
  if (item === undefined) return;
  list.push(item);
  if (list.length > KNOWN_MAX) list.shift();
}

function describe({ method, cgi, form }: FuzzRequest, what: string): string {
  return `${method} ${cgi} ${form.toString('latin1').slice(0, 300)} → ${what.slice(0, 300)}`;
}
