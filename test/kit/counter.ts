import { type Desk, deskOf, openDesk } from './desk.ts';
import { listenHttp } from './servers.ts';
import { SHOPS } from './worlds.ts';

/**
 * A desk whose F-REGI answers inquiries about payments at the store, and nothing else. What it
 * answers is set for each payment by `becomes`: the digits of F-REGI's inquiry (1 issued, 2 revoked,
 * 3 begun, 4 completed, 5 broken off, 6 cancelled after completion, 7 expired).
 */
export type Counter = {
  readonly desk: Desk;
  /** An order by convenience store, with the payment that the cart issued for it. */
  place(changes?: object): Promise<{ orderNumber: string; settleno: string }>;
  /** Another payment that was issued for an order. */
  issueAgain(orderNumber: string, amount?: number): Promise<string>;
  becomes(settleno: string, digit: string): void;
  /** F-REGI's notice. */
  ring(settleno: string): Promise<void>;
  /** Each call, in its order: the CGI and the 発行番号. */
  readonly asked: string[];
};

const SHOP = SHOPS[1].shopId;

export async function openCounter(): Promise<Counter> {
  const { env } = await openDesk();
  const desk = deskOf(env, await env.signIn('clerk', SHOP));
  const digits = new Map<string, string>();
  const asked: string[] = [];
  const fregi = await listenHttp((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const settleno = new URLSearchParams(Buffer.concat(chunks).toString()).get('SETTLENO') ?? '';
      asked.push(`${request.url?.split('/').at(-1)} ${settleno}`);
      const digit = digits.get(settleno);
      response.writeHead(digit === undefined ? 503 : 200).end(said(settleno, digit ?? ''));
    });
  });
  const baseUrl = `http://127.0.0.1:${fregi.port}/connect/`;
  await env.db.query('update shops set fregi_base_url = $1 where shop_id = $2', [baseUrl, SHOP]);
  let serial = 0;
  function issue(): string {
    serial += 1;
    const settleno = String(2_700_000 + serial).padStart(20, '0');
    digits.set(settleno, '1');
    return settleno;
  }
  return {
    desk,
    asked,
    async place(changes = {}) {
      const settleno = issue();
      const given = {
        paymentKind: 'convenience_fregi',
        paymentMethod: 'コンビニ支払',
        transaction: undefined,
        redirectPayment: { settleno, ...changes },
      } as const;
      return { settleno, orderNumber: await env.order(given, SHOP) };
    },
    async issueAgain(orderNumber, amount = 9_115) {
      const settleno = issue();
      await env.db.query(
        `insert into redirect_payments (shop_id, settleno, order_number, slip_id, amount, due_at)
         values ($1, $2, $3, $4, $5, now())`,
        [SHOP, settleno, orderNumber, `${orderNumber}-2`, amount],
      );
      return settleno;
    },
    becomes: (settleno, digit) => void digits.set(settleno, digit),
    async ring(settleno) {
      await fetch(`${env.url}/v1/notices/${SHOP}/completion`, {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: `settleno=${settleno}&seqno=${settleno}&paymenttype=21&code=100`,
      });
    },
  };
}

function said(settleno: string, digit: string): string {
  const paid = digit === '4' || digit === '6' ? `21\n${settleno}\n\n` : '\n\n\n';
  return `OK\n${settleno}\n100\n${digit}\n${paid}`;
}
