import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../kit/clients.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** お客様情報の消去 (H6), as an owner does it. */
let stage: Stage;
let page: Page;
let owner: Client;
let closed: string;
let open: string;
beforeAll(async () => {
  stage = await openStage();
  owner = await stage.env.signIn('owner');
  closed = await stage.env.order();
  open = await stage.env.order();
  for (const [path, body] of [
    ['payment', {}],
    ['shipments', { mail: 'manual' }],
    ['status', { to: 'completed' }],
  ] as const) {
    const { version } = (await owner.get(`/v1/orders/${closed}`)).body;
    await owner.post(`/v1/orders/${closed}/${path}`, { body, version });
  }
  page = await stage.visit('owner', '/settings?page=erasure');
  await page.getByRole('region', { name: 'ご請求による消去', exact: true }).waitFor();
});

async function waiting(): Promise<number | undefined> {
  const { rows } = await stage.env.db.query<{ waiting: number }>(
    `select (select count(*) from mails where state in ('queued', 'sending'))
       + (select count(*) from touched_orders) as waiting`,
  );
  return rows[0]?.waiting;
}

const row = (orderNumber: string) => page.getByRole('row').filter({ hasText: orderNumber });

describe('the screen of erasures', () => {
  test('H6: 保存期間 takes 1 to 30 years, or none', async () => {
    const field = page.getByLabel('保存する年数');
    await field.fill('31');
    await page.getByText('1〜30 の数字を入力するか、空欄にしてください。').waitFor();
    await field.fill('７');
    await page.getByRole('button', { name: '設定する' }).click();
    const dialog = page.getByRole('dialog', { name: '変更する内容' });
    await dialog.getByText('7年').waitFor();
    await dialog.getByRole('button', { name: '設定する' }).click();
    await page.getByText('設定を保存しました。').waitFor();
    expect((await owner.get('/v1/settings')).body.retentionYears).toBe(7);
  });

  test('H6: the owner finds the customer, sees what prevents an erasure, and types the number', async () => {
    await expect.poll(waiting, { timeout: 10_000 }).toBe(0); // its mails and its comparison
    await page.getByLabel('探す内容').fill('hanako@example.jp');
    await page.getByRole('button', { name: 'お客様を探す' }).click();
    await row(closed).getByText('消去できます').waitFor();
    await row(open).getByText('この受注はまだ終わっていないため').waitFor();
    expect(page.url()).not.toContain('hanako');
    await expect
      .poll(() => page.getByRole('checkbox', { name: `選択 ${open}` }).isDisabled())
      .toBe(true);
    expect(await barriers(page)).toEqual([]);
    await page.setViewportSize({ width: 320, height: 800 });
    await expect.poll(() => sidewaysScroll(page)).toBe(0);
    await page.setViewportSize({ width: 1440, height: 900 });

    await page.getByRole('button', { name: '選んだ0件のお客様情報を消去する' }).click();
    await page.getByText('消去する受注か申込を選んでください。').waitFor();
    await page.getByRole('checkbox', { name: `選択 ${closed}` }).check();
    await page.getByRole('button', { name: '選んだ1件のお客様情報を消去する' }).click();
    const dialog = page.getByRole('dialog', { name: 'お客様情報の消去' });
    await dialog.getByText('元に戻せません').waitFor();
    await dialog.getByRole('button', { name: '消去する' }).click();
    await dialog.getByText('1 と入力してください。').waitFor();
    await dialog.getByLabel('確認のため').fill('1');
    await dialog.getByRole('button', { name: '消去する' }).click();
    await page.getByText('受注1件、申込0件のお客様情報を消去しました。').waitFor();
    const certificates = page.getByRole('region', { name: '消去の証明', exact: true });
    await certificates.getByText('ご請求', { exact: true }).waitFor();
    await certificates.getByText('受注1件・申込0件').waitFor();
  });

  test('H6: the order says that its customer was erased, and offers nothing that needs one', async () => {
    await page.goto(`${stage.env.url}/orders/${closed}`);
    await page.getByRole('heading', { name: closed }).first().waitFor();
    await page.getByText('お客様情報は消去されています。').waitFor();
    await page.getByText('ご請求により、お客様情報を消去しました。').waitFor();
    for (const name of ['訂正', '送信する', 'キャンセル依頼を登録する']) {
      expect(await page.getByRole('button', { name }).count(), name).toBe(0);
    }
    expect(await page.getByText('髙﨑 花子').count()).toBe(0);
    expect(await barriers(page)).toEqual([]);
    await page.goto(`${stage.env.url}/orders`);
    await row(closed).getByText('（消去済み）').waitFor();
    await row(open).getByText('髙﨑 花子').waitFor();
  });

  test('H6: a clerk sees who may erase, and no order offers the way there', async () => {
    const clerk = await stage.visit('clerk', '/settings?page=erasure');
    await clerk.getByText('管理者が行えます').first().waitFor();
    expect(await clerk.getByRole('region', { name: 'ご請求による消去', exact: true }).count()).toBe(
      0,
    );
    await clerk.goto(`${stage.env.url}/orders/${open}`);
    await clerk.getByRole('region', { name: 'お客様情報', exact: true }).waitFor();
    expect(await clerk.getByRole('link', { name: 'お客様情報の消去' }).count()).toBe(0);
  });
});
