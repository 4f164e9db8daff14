import { explain } from '@renkei/core/domain/reasons/index.ts';
import { request } from '@renkei/core/perform.ts';
import { NO_MARKS } from '@renkei/core/ports/marks.ts';
import { TIMING } from '@renkei/core/turns/timing.ts';
import { erasureListBeside } from '../audit/erasure-list.ts';
import { readConfig } from '../config.ts';
import { eraseCustomer, type GiveCommand, hindranceOf } from '../services/erase-customers.ts';
import type { Db } from '../store/db/db.ts';
import { findApplicationsOf, findOrdersOf, type Sought } from '../store/erasure/candidates.ts';
import { certify, eraseApplication } from '../store/erasure/erasures.ts';
import { createPgStore } from '../store/orders/pg-store.ts';
import { loadShop } from '../store/shops/shops.ts';
import { adminActor, UsageError } from './usage.ts';

const FOUND_MAX = 1_000;

export type GivenCustomer = {
  readonly order?: readonly string[];
  readonly email?: string;
  readonly phone?: string;
  readonly name?: string;
  readonly confirm?: string;
  readonly by?: string;
};

/** Prints whom a request concerns; with their number as confirmation, erases them. */
export async function erase(db: Db, shopId: string, given: GivenCustomer): Promise<void> {
  const sought = soughtOf(given);
  if ((await loadShop(db, shopId)) === null) throw new UsageError(`there is no shop ${shopId}`);
  const orders = await findOrdersOf(db, shopId, sought, FOUND_MAX);
  const applications = await findApplicationsOf(db, shopId, sought, FOUND_MAX);
  const free: string[] = [];
  for (const found of orders) {
    const { orderNumber } = found.order;
    const reason = hindranceOf(found);
    if (reason === null) free.push(orderNumber);
    console.log(`order ${orderNumber}: ${reason === null ? 'yes' : explain(reason, 'en').cause}`);
  }
  const ended = applications.filter((one) => one.status !== 'active' && !one.customerErased);
  for (const one of applications) {
    const active = one.status === 'active' ? 'active: cancel it first' : 'erased already';
    console.log(`application ${one.code}: ${ended.includes(one) ? 'yes' : active}`);
  }
  const count = free.length + ended.length;
  if (given.confirm === undefined) {
    console.log(`nothing is erased. To erase these ${count}: --confirm ${count}`);
    return;
  }
  if (given.confirm !== String(count)) throw new UsageError(`--confirm must be ${count}`);
  const codes = ended.map(({ code }) => code);
  await eraseAll(db, shopId, { orderNumbers: free, codes }, given);
}

async function eraseAll(
  db: Db,
  shopId: string,
  wanted: { readonly orderNumbers: readonly string[]; readonly codes: readonly string[] },
  given: GivenCustomer,
): Promise<void> {
  const how = { actor: adminActor(given), cause: 'request' } as const;
  for (const orderNumber of wanted.orderNumbers) {
    const erasure = { ...how, seen: null };
    const reason = await eraseCustomer(db, commandOn(db), { shopId, orderNumber }, erasure);
    if (reason !== null) console.log(`order ${orderNumber}: ${explain(reason, 'en').cause}`);
  }
  for (const code of wanted.codes) await eraseApplication(db, { shopId, code, ...how });
  const list = erasureListBeside(readConfig(process.env).sealFile, []);
  for (const { n, orders, applications, hash } of await certify(db, shopId, (erased) =>
    list.append(erased),
  )) {
    console.log(
      `erased: ${orders} orders, ${applications} applications; certificate ${n}, ${hash}`,
    );
  }
}

/** An erasure asks F-REGI nothing, so the command needs the store only. */
function commandOn(db: Db): GiveCommand {
  const never = () => Promise.reject(new Error('an erasure asks F-REGI nothing'));
  const world = {
    store: createPgStore(db),
    gateway: { ask: never, inquire: never },
    marks: NO_MARKS,
    timing: TIMING,
    stopwatch: () => performance.now(),
  };
  return async (ref, wanted) => (await request(world, ref, wanted)).acceptance;
}

function soughtOf({ order, email, phone, name }: GivenCustomer): Sought {
  const given = [order, email, phone, name].filter((one) => one !== undefined);
  if (given.length !== 1) throw new UsageError('Give one of --order, --email, --phone and --name.');
  if (order !== undefined) return { by: 'orders', orderNumbers: order };
  if (email !== undefined) return { by: 'email', value: email };
  if (phone !== undefined) return { by: 'phone', value: phone };
  return { by: 'name', value: name ?? '' };
}
