import { TRACES, type Trace } from '@renkei/contract/attention/acts.ts';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client, Reply } from '../../../test/kit/clients.ts';
import { type DevEnv, openDevEnv } from '../../../test/kit/worlds.ts';

/** Nothing unlogged: each route that changes something leaves an entry under the chain. */
let env: DevEnv;
let owner: Client;
beforeAll(async () => {
  env = await openDevEnv();
  owner = await env.signIn('owner');
});

/** Why a route that is no GET leaves no entry, though its deed alone does not tell. */
const NOTHING: Readonly<Record<string, string>> = {
  'POST /v1/orders/:orderNumber/look': 'a look; the sighting is kept, and news is in the journal',
  'POST /v1/selections': 'a list of order numbers for the next request; its export is logged',
  'POST /v1/views': 'a person’s own choice of columns and filters',
  'PUT /v1/views/:id': 'a person’s own choice of columns and filters',
  'DELETE /v1/views/:id': 'a person’s own choice of columns and filters',
};
/** The entries of routes whose deed is only the right to come in. */
const BY_ITSELF: Readonly<Record<string, readonly Trace[]>> = {
  'POST /v1/attention/:id/repair': ['journal', 'record'],
  'POST /v1/reconciliation/prints': ['record'],
};
/** The entries of routes that concern a person alone, or whoever comes. */
const OUTSIDE: Readonly<Record<string, string>> = {
  'PATCH /v1/account': 'renamed',
  'DELETE /v1/account/sessions': 'sessions_ended',
  'DELETE /v1/account/sessions/:id': 'sessions_ended',
  'POST /v1/account/passkeys/offer': 'nothing: a challenge for the person’s own browser',
  'POST /v1/account/passkeys': 'passkey_added',
  'POST /v1/account/passkeys/removal': 'passkey_removed',
  'POST /v1/password-resets': 'password_reset_asked',
  'POST /v1/password-resets/redeem': 'password_changed',
  'POST /v1/invitations/look': 'nothing: it shows an invitation to whoever has its link',
  'POST /v1/invitations/accept': 'member_added',
  'POST /v1/notices/:shopId/completion': 'nothing: Renkei asks F-REGI, and logs what it learns',
  'POST /api/auth/sign-in/email': 'signed_in, sign_in_failed',
  'POST /api/auth/sign-out': 'signed_out',
  'POST /api/auth/change-password': 'password_changed',
  'POST /api/auth/two-factor/enable': 'two_factor_on',
  'POST /api/auth/two-factor/disable': 'two_factor_off',
  'POST /api/auth/two-factor/generate-backup-codes': 'recovery_codes_renewed',
  'POST /api/auth/two-factor/verify-totp': 'signed_in, sign_in_failed',
  'POST /api/auth/two-factor/verify-backup-code': 'signed_in, sign_in_failed',
  'POST /api/auth/directory': 'nothing: the way to the directory’s page; the return is logged',
  'POST /api/auth/passkey/options': 'nothing: a challenge for whoever comes',
  'POST /api/auth/passkey/sign-in': 'signed_in, sign_in_failed',
};

describe('each route that is no GET', () => {
  const routes = () =>
    env.renkei.app.declaredRoutes
      .filter(({ method }) => method !== 'GET')
      .map((route) => ({ ...route, name: `${route.method} ${route.url}` }));

  test('a route of a person or of the public has its entry', () => {
    const outside = routes().filter(({ deed }) => deed === 'signed_in' || deed === 'public');
    expect(outside.map(({ name }) => name).toSorted()).toEqual(Object.keys(OUTSIDE).toSorted());
  });

  test('a route of a shop leaves an entry by its deed, or says why not', () => {
    const silent = routes().filter(({ deed, name }) => {
      if (deed === 'signed_in' || deed === 'public') return false;
      // A preview shows what would happen, and writes nothing.
      if (name in NOTHING || name in BY_ITSELF || name.endsWith('/preview')) return false;
      const traces = TRACES[deed];
      return 'nothing' in traces ? false : traces.every((trace) => trace === 'records_read');
    });
    expect(silent.map(({ name }) => name)).toEqual([]);
    const known = routes().map(({ name }) => name);
    const listed = [...Object.keys(NOTHING), ...Object.keys(BY_ITSELF)];
    expect(listed.filter((name) => !known.includes(name))).toEqual([]);
  });
});

describe('an entry under the chain names who did it', () => {
  /** Returns the acts and records that a request has added to the shop's log, with their actors. */
  async function leaves(request: () => Promise<Reply>): Promise<string[]> {
    const last = async () =>
      (await env.db.query(`select max(n) as n from shop_log where shop_id = 'hanamichi'`)).rows[0]
        .n;
    const before = await last();
    const reply = await request();
    expect(reply.status, JSON.stringify(reply.body)).toBeLessThan(300);
    const { rows } = await env.db.query<{ said: string }>(
      `select concat_ws(' ', actor ->> 'name', after ->> 'action',
          case after ->> 'action' when 'recorded' then split_part(subject, ' ', 1) end,
          after ->> 'layout') as said
         from shop_log where shop_id = 'hanamichi' and n > $1 order by n`,
      [before],
    );
    return rows.map(({ said }) => said);
  }

  test('S8: a pause, a resumption and a stop of a run', async () => {
    const rows = [];
    for (let n = 0; n < 30; n += 1) rows.push({ orderNumber: await env.order(), version: 1 });
    const { id } = (await owner.post('/v1/runs', { body: { rows } })).body;
    const control = (action: string) => () =>
      owner.post(`/v1/runs/${id}/control`, { body: { action } });
    expect(await leaves(control('pause'))).toEqual(['owner 1 run_paused']);
    expect(await leaves(control('resume'))).toEqual(['owner 1 run_resumed']);
    expect(await leaves(control('stop'))).toEqual(['owner 1 run_stopped']);
    const { items } = (await owner.get('/v1/activity?areas=run')).body;
    expect(items.map(({ action }: { action: string }) => action)).toEqual([
      'run_stopped',
      'run_resumed',
      'run_paused',
      'run_started',
    ]);
    const csv = () => owner.get(`/v1/runs/${id}/csv?encoding=utf-8`);
    expect(await leaves(csv)).toEqual(['owner 1 recorded export renkei:run']);
  });

  test('S16: each file and sheet that leaves the shop', async () => {
    const selection = (await owner.post('/v1/selections', { body: {} })).body.id;
    const from = '2026-11-01';
    const body = { from, to: from, lines: 3 };
    const files: [string, () => Promise<Reply>][] = [
      ['yamato_b2', () => owner.get(`/v1/exports?selection=${selection}&layout=yamato_b2`)],
      ['renkei:reconciliation', () => owner.get('/v1/reconciliation/csv?month=2026-11')],
      ['renkei:reconciliation_printed', () => owner.post('/v1/reconciliation/prints', { body })],
      ['renkei:activity', () => owner.get('/v1/activity/csv')],
    ];
    for (const [layout, request] of files) {
      expect(await leaves(request)).toEqual([`owner 1 recorded export ${layout}`]);
    }
    const { items } = (await owner.get('/v1/activity?areas=file&limit=2')).body;
    expect(items).toMatchObject([
      { action: 'exported_activity', actor: { name: 'owner 1' } },
      { action: 'exported_reconciliation_printed', facts: { rows: 3 } },
    ]);
  });

  test('S6: a file that comes in, with its hash', async () => {
    const head = 'seqno,slip\r\n';
    const upload = () =>
      owner.post('/v1/imports?name=orders.csv&mode=import', {
        body: Buffer.from(head),
        headers: { 'content-type': 'text/csv' },
      });
    const refused = await upload();
    expect(refused.status).toBe(422);
    await env.db.query(
      `insert into imports (shop_id, file_hash, actor, orders)
       values ('hanamichi', 'abc', '{"name":"uploader"}', 1)`,
    );
    const { rows } = await env.db.query(
      `select actor ->> 'name' as by, after ->> 'file_hash' as hash from shop_log
        where subject = 'import abc'`,
    );
    expect(rows).toEqual([{ by: 'uploader', hash: 'abc' }]);
  });
});
