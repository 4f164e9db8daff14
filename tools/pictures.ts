import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { DEMO_PEOPLE } from '../demo/data/shops.ts';
import { buildScreens } from '../demo/screens.ts';
import { openWorld, type World } from '../demo/world.ts';
import { freePort } from '../server/src/embedded/free-port.ts';
import { openBrowser } from '../test/kit/browser.ts';

/**
 * `npm run pictures`: takes the pictures of the README from the demo shop while its main job is
 * done. The machine needs a Japanese font, e.g. Noto Sans CJK.
 */
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const PICTURES = join(ROOT, 'docs/img');

buildScreens(ROOT);
const directory = await mkdtemp(join(tmpdir(), 'renkei-pictures-'));
const world = await openWorld({
  directory,
  databaseUrl: null,
  ports: { renkei: await freePort(), sandbox: 0, smtp: 0, mailbox: 0 },
  log: { info: () => {}, error: (_facts, error) => console.error(error) },
});
const browser = await openBrowser();
try {
  await mkdir(PICTURES, { recursive: true });
  const viewport = { width: 1280, height: 800 };
  const page = await browser.newPage({ viewport, locale: 'ja-JP', colorScheme: 'light' });
  await signIn(page, world);
  await takePictures(page, world);
} finally {
  await browser.close();
  await world.close();
  await rm(directory, { recursive: true, force: true });
}

async function signIn(page: Page, { url, password }: World): Promise<void> {
  await page.goto(`${url}/sign-in`);
  await page.getByLabel('メールアドレス').fill(DEMO_PEOPLE[0]?.email ?? '');
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'ホーム' }).waitFor();
}

async function takePictures(page: Page, world: World): Promise<void> {
  const { url } = world;
  await page.goto(`${url}/orders?tab=unpaid&kinds=card_fregi&limit=50`);
  await page.getByRole('checkbox', { name: 'すべてチェック' }).check();
  await take(page, 'list');
  const newest = await page.getByRole('rowheader').first().getByRole('link').innerText();
  await page.getByRole('button', { name: '入金済にする' }).click();
  const dialog = page.getByRole('dialog');
  const confirm = dialog.getByRole('button', { name: /を売上処理する$/ });
  await confirm.waitFor();
  await page.waitForTimeout(400); // the dialog has come to rest
  await take(page, 'preview');
  await meddle(world, ['100000394011', newest]);
  await confirm.click();
  await page
    .getByRole('heading', { name: /件を入金済にしました|に成功しました。/ })
    .waitFor({ timeout: 60_000 });
  await take(page, 'result');
  await page.goto(`${url}/orders?tab=unpaid&amountDiffers=true`);
  await page.getByRole('rowheader').first().getByRole('link').click();
  await page.getByRole('button', { name: '入金済に更新' }).waitFor();
  await page.setViewportSize({ width: 1280, height: 1160 });
  await take(page, 'detail');
}

/**
 * Captures and voids orders at F-REGI's console before an operator marks them paid, so that the
 * picture shows the manual's error panel with its own two sentences.
 */
async function meddle({ sandbox }: World, orderNumbers: readonly [string, string]): Promise<void> {
  const operations = ['capture', 'void'] as const;
  for (const [index, orderNumber] of orderNumbers.entries()) {
    const held = await fetch(`${sandbox.url}/sandbox/v1/transactions?id=${orderNumber}`);
    const { transactions } = (await held.json()) as { transactions: { seqno: string }[] };
    const path = `transactions/${transactions[0]?.seqno}/${operations[index]}`;
    const answer = await fetch(`${sandbox.url}/sandbox/v1/${path}`, { method: 'POST', body: '{}' });
    if (!answer.ok) throw new Error(await answer.text());
  }
}

async function take(page: Page, name: string): Promise<void> {
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(PICTURES, `${name}.png`), animations: 'disabled' });
  console.log(`docs/img/${name}.png`);
}
