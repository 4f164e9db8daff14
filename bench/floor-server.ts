import { Agent, createServer, request as send } from 'node:http';
import { createDb, transaction } from '../server/src/store/db/db.ts';

/**
 * The floor: the least work possible on this machine. Per capture one call to the gateway and one
 * transaction (lock the order, update it, insert an event and an audit row); per list one
 * well-indexed query. No intent, no recovery, no checks.
 */
const { DATABASE_URL = '', PORT = '', GATEWAY_URL = '' } = process.env;
const db = createDb(DATABASE_URL, { max: 20 });
const agent = new Agent({ keepAlive: false });

const LOCK =
  'select version, seqno from floor_orders where shop_id = $1 and order_number = $2 for update';
const PAY = `update floor_orders set paid_on = current_date, version = version + 1,
  transaction_state = 'captured_untransmitted' where shop_id = $1 and order_number = $2`;
const EVENT = 'insert into floor_events (order_number, what) values ($1, $2)';
const AUDIT = 'insert into floor_audit (order_number, actor) values ($1, $2)';
const LIST = `
  with page as (
    select order_number, version, placed_at, customer_name, total, billed, transaction_state
      from orders where shop_id = $1 and status = 'processing' and paid_on is null
     order by placed_at desc, order_number desc limit 200
  ), sums as (
    select count(*) as count, sum(total) as total, sum(billed) as billed
      from orders where shop_id = $1 and status = 'processing' and paid_on is null
  )
  select (select json_agg(page) from page) as items, sums.* from sums`;

async function capture(orderNumber: string): Promise<void> {
  await ask(orderNumber.padStart(20, '0'));
  await transaction(db, async (client) => {
    await client.query({ name: 'lock', text: LOCK, values: ['bench', orderNumber] });
    await client.query({ name: 'pay', text: PAY, values: ['bench', orderNumber] });
    await client.query({ name: 'event', text: EVENT, values: [orderNumber, 'captured'] });
    await client.query({ name: 'audit', text: AUDIT, values: [orderNumber, 'bench'] });
  });
}

function ask(seqno: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const options = { method: 'POST', agent, headers: { connection: 'close' } };
    const call = send(`${GATEWAY_URL}/connect/sale.cgi`, options, (answer) => {
      answer.resume();
      answer.on('end', resolve);
    });
    call.on('error', reject);
    call.end(`SHOPID=90001&SEQNO=${seqno}`);
  });
}

const server = createServer(async (request, response) => {
  const [, , , orderNumber = ''] = (request.url ?? '').split('/');
  request.resume();
  response.setHeader('content-type', 'application/json');
  if (request.method === 'POST') {
    await capture(orderNumber);
    return response.end('{"state":"succeeded"}');
  }
  const { rows } = await db.query({ name: 'list', text: LIST, values: ['bench'] });
  response.end(JSON.stringify(rows[0]));
});
server.listen(Number(PORT), '127.0.0.1', () => console.log('ready'));
