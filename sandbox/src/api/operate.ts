import type { FregiGateway } from '../gateway.ts';

/** The console's operations, by the CGI that does the same over the wire. */
export const CONSOLE_OPERATIONS: Readonly<Record<string, string>> = {
  capture: 'sale.cgi',
  void: 'authcancel.cgi',
  refund: 'salecancel.cgi',
  change_amount: 'authchange.cgi',
  change_captured_amount: 'salechange.cgi',
};

/**
 * Does an operation as a person at the console. Resolves to the answer's lines, or null if there is
 * no such transaction or operation.
 */
export async function operateAtConsole(
  gateway: FregiGateway,
  seqno: string,
  operation: string,
  amount: string,
): Promise<readonly string[] | null> {
  const transaction = gateway.ledger.transactions.get(seqno);
  const cgi = Object.hasOwn(CONSOLE_OPERATIONS, operation) ? CONSOLE_OPERATIONS[operation] : null;
  if (!cgi || transaction === undefined) return null;
  const parameters = new Map([
    ['SEQNO', seqno],
    ['CANCELSEQNO', seqno],
    ['PAY', amount],
  ]);
  const { shopId } = transaction;
  return (await gateway.execute(cgi, { shopId, parameters, by: 'console' })).lines;
}

/** Asks a CGI as a person at the console does; resolves to the answer's lines. */
export async function askAtConsole(
  gateway: FregiGateway,
  cgi: string,
  shopId: string,
  parameters: Readonly<Record<string, string>>,
): Promise<readonly string[]> {
  const call = { shopId, parameters: new Map(Object.entries(parameters)), by: 'console' } as const;
  return (await gateway.execute(cgi, call)).lines;
}
