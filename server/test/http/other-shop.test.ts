import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../../../test/kit/clients.ts';
import { type Neighbour, type NeighbourId, openNeighbour } from '../../../test/kit/neighbour.ts';
import { sampleRequests } from '../../../test/kit/openapi.ts';

/** Every route, asked in the own shop for the real rows of another shop. */
let neighbour: Neighbour;
let owner: Client;
beforeAll(async () => {
  neighbour = await openNeighbour();
  owner = await neighbour.env.signIn('owner');
});

/** The neighbour's row for each parameter of a path; a new one fails the test until it has its row. */
const BY_NAME: Readonly<Record<string, NeighbourId | { readonly word: string }>> = {
  orderNumber: 'orderNumber',
  code: 'subscription',
  kind: { word: 'thanks' },
  settlement: { word: '1' },
  version: { word: '1' },
  n: { word: '1' },
  occasion: { word: 'x' },
};
/** `{id}` is of another kind under each path. */
const BY_PATH: Readonly<Record<string, NeighbourId>> = {
  '/v1/operations/': 'operation',
  '/v1/runs/': 'run',
  '/v1/attention/': 'attention',
  '/v1/views/': 'view',
  '/v1/selections/': 'selection',
  '/v1/csv-layouts/': 'layout',
  '/v1/invitations/': 'invitation',
  '/v1/members/': 'member',
  '/v1/account/sessions/': 'member',
};
/** The neighbour's row for a field of a body or a query. */
const BY_FIELD: Readonly<Record<string, NeighbourId>> = {
  orderNumber: 'orderNumber',
  orderNumbers: 'orderNumber',
  selection: 'selection',
  assignee: 'member',
  actor: 'member',
  seqno: 'seqno',
  settleno: 'settleno',
};

function pathFor(url: string): string {
  return url.replace(/\{(\w+)\}/g, (_, name: string) => {
    const prefix = Object.keys(BY_PATH).find((known) => url.startsWith(known));
    const known = name === 'id' && prefix !== undefined ? BY_PATH[prefix] : BY_NAME[name];
    if (known === undefined) throw new Error(`no row of the neighbour for {${name}} of ${url}`);
    return encodeURIComponent(typeof known === 'string' ? neighbour.ids[known] : known.word);
  });
}

/** Puts the neighbour's numbers into a body. */
function withTheirs(value: unknown, field = ''): unknown {
  if (Array.isArray(value)) {
    const id = BY_FIELD[field];
    if (id !== undefined) return [neighbour.ids[id]];
    return value.map((one) => withTheirs(one));
  }
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [name, withTheirs(of, name)]),
    );
  }
  const id = BY_FIELD[field];
  return typeof value === 'string' && id !== undefined ? neighbour.ids[id] : value;
}

function expectNoMark(text: string, what: string, sent: string): void {
  // A refusal may repeat what was asked for.
  const told = neighbour.marks.filter((mark) => text.includes(mark) && !sent.includes(mark));
  expect(told, what).toEqual([]);
}

describe('S8: the rows of another shop', () => {
  test('no route shows or changes them, asked by their real numbers', async () => {
    const before = await neighbour.rows();
    const { app } = neighbour.env.renkei;
    // Routes for everybody name a shop and prove its row by a secret; their own tests ask them.
    const open = new Set(
      app.declaredRoutes.flatMap(({ permission, url }) => (permission === 'public' ? url : [])),
    );
    const requests = sampleRequests(app).filter(
      ({ url }) => url.startsWith('/v1/') && !open.has(url.replace(/\{(\w+)\}/g, ':$1')),
    );
    expect(requests.length).toBeGreaterThan(90);
    const answers: Record<string, number> = {};
    for (const { method, url, body } of requests) {
      if (url.endsWith('/events')) continue; // a stream; the route test of roles asks it
      const path = pathFor(url);
      // A new order may have the number that another shop’s order has.
      const isNew = method === 'POST' && url === '/v1/orders';
      const sent = body === undefined || isNew ? body : withTheirs(body);
      const query = `selection=${neighbour.ids.selection}&layout=${neighbour.ids.layout}`;
      for (const tail of method === 'GET' ? ['', `?${query}`] : ['']) {
        const wanted = { version: 1, ...(sent === undefined ? {} : { body: sent }) };
        const reply = await owner.send(method, `${path}${tail}`, wanted);
        answers[`${method} ${url}`] = reply.status;
        const what = `${method} ${path} ${reply.status}`;
        expect(reply.status, what).toBeLessThan(500);
        expectNoMark(JSON.stringify(reply.body ?? ''), what, path + JSON.stringify(sent ?? ''));
        if (url.includes('{') && reply.status < 300) {
          // Only words that both shops know, and the own sessions, may be found.
          expect(url).toMatch(/\{kind\}|account\/sessions/);
        }
      }
    }
    expect(await neighbour.rows()).toEqual(before);
  });
});
