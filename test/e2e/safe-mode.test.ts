import { beforeAll, expect, test } from 'vitest';
import { heldFor, wireCalls } from '../kit/gateway.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/**
 * Times in which F-REGI is asked nothing: the words of the screens, and the deeds left to people.
 */
let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});

const CONTRACT_MS = 5_500;
const BAND = '復元後の照合が終わるまで、入金・取消は停止しています（セーフモード）。';

async function enterSafeMode(): Promise<void> {
  const cause = [
    { shopId: 'hanamichi', n: 7, hash: 'ab'.repeat(32), at: Date.now(), kind: 'behind' },
    { shopId: 'hanamichi', what: 'mail', id: '7', n: 1, at: Date.now(), kind: 'forgotten' },
  ];
  await stage.env.db.query(
    `insert into safe_modes (cause, compared_at, report) values ($1, now(), $2)`,
    [JSON.stringify(cause), JSON.stringify({ parked: 2, shops: [] })],
  );
}

test('safe mode: a band shows on every screen, and an owner reads its state and ends it with a note', async () => {
  const orderNumber = await stage.env.order();
  await enterSafeMode();
  const page = await stage.visit('owner', '/');
  for (const path of ['/', '/orders?tab=unpaid', '/attention', '/reconciliation', '/settings']) {
    await page.goto(`${stage.env.url}${path}`);
    await page.getByRole('alert').filter({ hasText: BAND }).waitFor();
  }
  await page.goto(`${stage.env.url}/orders/${orderNumber}`);
  await page.getByRole('link', { name: '状況を見る' }).click();
  await page.getByRole('heading', { name: 'セーフモード', exact: true }).waitFor();
  await page.getByText('7番目の封印', { exact: false }).waitFor();
  await page.getByText('メールで送ったものの記録がありません', { exact: false }).waitFor();
  await page.getByText('途中だった操作 2件を要確認にしました', { exact: false }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(() => sidewaysScroll(page)).toBeLessThanOrEqual(0);
  await page.setViewportSize({ width: 1440, height: 900 });
  const button = page.getByRole('button', { name: 'セーフモードを解除する' });
  await button.click();
  await page.getByText('確認したことを入力してください。').waitFor();
  await page.getByLabel('確認したこと').fill('CSVを取り込み、相違なし');
  await button.click();
  await page.getByText('セーフモードではありません。', { exact: false }).waitFor();
  await expect.poll(() => page.getByText(BAND).count()).toBe(0);
  await page.goto(`${stage.env.url}/activity?areas=settings`);
  const row = page.getByRole('row', { name: /設定を変更しました/ });
  await row.getByText('詳細').click();
  await row.getByText('CSVを取り込み、相違なし', { exact: false }).waitFor();
});

test('safe mode: a person who may not end it reads why beside the button', async () => {
  await enterSafeMode();
  const page = await stage.visit('clerk', '/safe-mode');
  await page.getByText('この操作の権限がありません', { exact: false }).waitFor();
  const button = page.getByRole('button', { name: 'セーフモードを解除する' });
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await stage.env.db.query('update safe_modes set released_at = now(), released_by = $1', ['-']);
});

test('F-REGI out of reach: a waiting operation says so and can be withdrawn, and F-REGI never hears of it', async () => {
  const orderNumber = await stage.env.order();
  const { db, sandbox } = stage.env;
  const moveTo = (url: string) =>
    db.query(`update shops set fregi_base_url = $1 where shop_id = 'hanamichi'`, [url]);
  await moveTo('http://127.0.0.1:9/connect/'); // nobody listens there
  await new Promise((resolve) => setTimeout(resolve, CONTRACT_MS)); // the contract is known
  await db.query(`insert into outages (shop_id, cause) values ('hanamichi', 'the test')`);
  const page = await stage.visit('clerk', `/orders/${orderNumber}`);
  await page.getByText('F-REGIに接続できません。', { exact: false }).first().waitFor();
  await page.getByRole('button', { name: '入金済に更新' }).click();
  const waiting = page.getByRole('status').filter({ hasText: 'F-REGIにつながるのを待っています' });
  await waiting.getByText('まだ何も送っていません。', { exact: false }).waitFor();
  await waiting.getByRole('button', { name: '取り下げる' }).click();
  await page.getByRole('button', { name: '入金済に更新' }).waitFor();
  await page.getByText('取り下げられました', { exact: false }).first().waitFor();
  await moveTo(`${sandbox.url}/connect/`);
  await expect
    .poll(async () => (await db.query('select 1 from outages')).rowCount, { timeout: 15_000 })
    .toBe(0);
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([{ state: 'authorized' }]);
  expect(await wireCalls(stage.env, orderNumber)).toEqual([]);
});
