import { Dice } from '../../src/dice.ts';
import { createSandbox } from '../../src/index.ts';
import { Line, type Reply } from '../line.ts';
import { Books } from './books.ts';
import { type FuzzRequest, generate, type Known } from './generate.ts';
import { readAnswer } from './grammar.ts';

export type Fuzzed = {
  readonly requests: number;
  /** By the first line, or the HTTP status if it is not 200. */
  readonly told: Readonly<Record<string, number>>;
  /** The violations; empty if all is well. */
  readonly findings: readonly string[];
};

type Pestering = {
  readonly told: Record<string, number>;
  readonly findings: string[];
  readonly books: Books;
  /** The request whose connection broke without an answer; then all asking ends. */
  broke: string | null;
};

export const FUZZ_SHOPS = [
  { shopId: '00001', name: '店', inquiry: true, mayCancelFirst: true },
  { shopId: '00002', name: '別の店', inquiry: false },
];
const STATUSES = [200, 400, 403, 404];
const KNOWN_MAX = 500;
const FINDINGS_MAX = 20;

/**
 * Sends `requests` odd requests over `width` connections. The sandbox must not crash, must answer
 * in the grammar, and its ledger must be what it told.
 */
export async function fuzz(requests: number, seed: number, width = 16): Promise<Fuzzed> {
  const sandbox = await createSandbox({ directory: null, shops: FUZZ_SHOPS, seed });
  const { told, findings, books, broke } = await pester(sandbox.url, requests, seed, width);
  if (broke !== null) findings.push(broke);
  const shopIds = FUZZ_SHOPS.map(({ shopId }) => shopId);
  findings.push(...books.audit(sandbox.gateway.ledger, shopIds));
  await sandbox.close();
  return { requests, told, findings };
}

/**
 * Sends odd requests to a sandbox until there are enough, or the sandbox is gone. After each answer
 * `onTold` hears the number of each kind of answer.
 */
export async function pester(
  url: string,
  requests: number,
  seed: number,
  width: number,
  onTold: (told: Pestering['told']) => void = () => {},
): Promise<Pestering> {
  const known: Known = { seqnos: [], settlenos: [], customers: [] };
  const found: Pestering = { told: {}, findings: [], books: new Books(), broke: null };
  const dice = new Dice(seed);
  let left = requests;
  const work = async (): Promise<void> => {
    const line = new Line(url);
    while (left > 0 && found.broke === null && found.findings.length < FINDINGS_MAX) {
      left -= 1;
      const request = generate(dice, known);
      const path = `/${dice.below(2) === 0 ? 'connect' : 'connecttest'}/${request.cgi}`;
      const reply = await line.ask(request.method, path, request.form);
      if (reply === null) {
        found.broke = describe(request, 'the connection broke');
      } else {
        look(found, known, request, reply);
        onTold(found.told);
      }
    }
    line.close();
  };
  await Promise.all(Array.from({ length: width }, work));
  return found;
}

function look(
  { told, findings, books }: Pestering,
  known: Known,
  request: FuzzRequest,
  { status, body }: Exclude<Reply, null>,
): void {
  if (!STATUSES.includes(status)) return void findings.push(describe(request, `HTTP ${status}`));
  const lines = status === 200 ? readAnswer(request.cgi, body) : [`HTTP ${status}`];
  if (lines === null) return void findings.push(describe(request, body.toString('hex')));
  const [what = ''] = lines;
  told[what] = (told[what] ?? 0) + 1;
  books.note(request, lines);
  remember(known, request, lines);
}

/** Keeps some of the answers' numbers, for later requests. */
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
