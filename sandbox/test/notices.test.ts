import { describe, expect, test } from 'vitest';
import type { Sandbox } from '../src/index.ts';
import { listenForNotices } from './notice-receiver.ts';
import { api, ask, authm, CARD, cardEnding, SHOP, setFaults, start, until } from './support.ts';

/** Notices to shops: at least once, again after 5 and 55 minutes, then a mail (protocol §8). */
const MINUTE_MS = 60_000;

async function agree(sandbox: Sandbox, settings: Record<string, unknown>): Promise<void> {
  expect((await api(sandbox, 'PUT', `shops/${SHOP}`, settings)).status).toBe(200);
}

describe('承認結果通知', () => {
  test('承認結果通知 tells of an approval, with the requested extras', async () => {
    const receiver = await listenForNotices();
    const sandbox = await start();
    await agree(sandbox, { authorizationNoticeUrl: receiver.url });
    const asked = { ...CARD, ID: 'A-1', REQUIRECOM: '1', REQUIRELID: '1' };
    const [, AUTHCODE, SEQNO = ''] = await authm(sandbox, asked);
    await until(() => receiver.notices.length > 0);
    expect(receiver.notices).toEqual([
      {
        method: 'POST',
        values: {
          STATUS: 'OK',
          ID: 'A-1',
          AUTHCODE,
          SEQNO,
          CARDCOM: 'VISA',
          CARDLID: SEQNO.slice(-5),
        },
      },
    ]);
  });

  test('承認結果通知 tells of a decline in EUC-JP', async () => {
    const receiver = await listenForNotices();
    const sandbox = await start();
    await agree(sandbox, { authorizationNoticeUrl: receiver.url });
    await authm(sandbox, { ...cardEnding('1155'), ID: 'A-1' });
    await until(() => receiver.notices.length > 0);
    expect(receiver.notices[0]?.values).toMatchObject({
      STATUS: 'NG',
      ID: 'A-1',
      ERRORCODE: 'JCN-G55',
      ERRORMSG: '利用限度額を超えています',
    });
    expect(receiver.notices[0]?.values).not.toHaveProperty('AUTHCODE');
  });

  test('a wrong parameter, a capture and the console send no notice', async () => {
    const receiver = await listenForNotices();
    const sandbox = await start();
    await agree(sandbox, { authorizationNoticeUrl: receiver.url });
    await authm(sandbox, { ...CARD, PAY: '1' });
    expect(sandbox.gateway.ledger.notices.size).toBe(0);
    const [, , seqno = ''] = await authm(sandbox, CARD);
    await api(sandbox, 'POST', `transactions/${seqno}/capture`);
    await sandbox.gateway.notices.idle();
    expect(receiver.notices).toHaveLength(1);
  });

  test('a shop without an address gets no notice', async () => {
    const sandbox = await start();
    await authm(sandbox, CARD);
    expect(sandbox.gateway.ledger.notices.size).toBe(0);
  });
});

describe('処理メール', () => {
  test('処理メール tells of each deed, unless QUIET=1, and of no refusal', async () => {
    const sandbox = await start();
    await agree(sandbox, { mailTo: 'shop@example.jp' });
    const [, , SEQNO = ''] = await authm(sandbox, { ...CARD, QUIET: '1' });
    await authm(sandbox, { ...CARD, PAY: '1' });
    expect(sandbox.gateway.ledger.mails).toEqual([]);
    await ask(sandbox, 'sale.cgi', { SEQNO });
    expect(sandbox.gateway.ledger.mails).toMatchObject([
      { to: 'shop@example.jp', subject: '処理結果のお知らせ (sale.cgi)' },
    ]);
    expect(sandbox.gateway.ledger.mails[0]?.text).toContain(SEQNO);
  });

  test('a shop without an address gets no mail', async () => {
    const sandbox = await start();
    await authm(sandbox, CARD);
    expect(sandbox.gateway.ledger.mails).toEqual([]);
  });
});

describe('retries', () => {
  test('a notice is tried again after 5 and 55 minutes of the sandbox’s clock, then a mail goes out', async () => {
    const receiver = await listenForNotices();
    receiver.answer = 'ERROR\nOK';
    const sandbox = await start();
    await agree(sandbox, { authorizationNoticeUrl: receiver.url, mailTo: 'shop@example.jp' });
    await authm(sandbox, { ...CARD, QUIET: '1' });
    const tries = () => [...sandbox.gateway.ledger.notices.values()][0]?.tries.length ?? 0;
    await until(() => tries() === 1);
    await sandbox.gateway.moveClock(4 * MINUTE_MS);
    await sandbox.gateway.notices.idle();
    expect(tries()).toBe(1);
    await sandbox.gateway.moveClock(MINUTE_MS);
    await until(() => tries() === 2);
    await sandbox.gateway.moveClock(54 * MINUTE_MS);
    await sandbox.gateway.notices.idle();
    expect(tries()).toBe(2);
    await sandbox.gateway.moveClock(2 * MINUTE_MS);
    await until(() => sandbox.gateway.ledger.mails.length === 1);
    expect(receiver.notices).toHaveLength(3);
    const { body } = await api(sandbox, 'GET', 'mails');
    expect(body.mails).toMatchObject([
      { to: 'shop@example.jp', subject: '承認結果通知を送信できませんでした' },
    ]);
  });

  test('the tries stop once the shop says OK', async () => {
    const receiver = await listenForNotices();
    receiver.answer = '';
    const sandbox = await start();
    await agree(sandbox, { authorizationNoticeUrl: receiver.url });
    await authm(sandbox, CARD);
    await until(() => receiver.notices.length === 1);
    await sandbox.gateway.notices.idle();
    receiver.answer = 'OK\r\n';
    await sandbox.gateway.moveClock(5 * MINUTE_MS);
    await until(() => receiver.notices.length === 2);
    await sandbox.gateway.notices.idle();
    await sandbox.gateway.moveClock(300 * MINUTE_MS);
    await sandbox.gateway.notices.idle();
    expect(receiver.notices).toHaveLength(2);
    expect(sandbox.gateway.ledger.mails).toEqual([]);
  });

  test('a shop that is not there is tried again, and nothing breaks', async () => {
    const sandbox = await start();
    await agree(sandbox, { authorizationNoticeUrl: 'http://127.0.0.1:1/' });
    expect((await authm(sandbox, CARD))[0]).toBe('OK');
    await until(() => [...sandbox.gateway.ledger.notices.values()][0]?.tries.length === 1);
    const { body } = await api(sandbox, 'GET', 'notices');
    expect(body.notices).toMatchObject([{ tries: [{ ok: false }] }]);
  });

  test('a notice can come twice', async () => {
    const receiver = await listenForNotices();
    const sandbox = await start();
    await agree(sandbox, { authorizationNoticeUrl: receiver.url });
    await setFaults(sandbox, [{ kind: 'duplicate_notice', times: 1 }]);
    await authm(sandbox, CARD);
    await until(() => receiver.notices.length === 2);
    expect(receiver.notices[0]).toEqual(receiver.notices[1]);
  });
});
