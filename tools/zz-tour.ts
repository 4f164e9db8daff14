import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { freePort } from '../demo/ports.ts';
import { buildScreens } from '../demo/screens.ts';
import { DEMO_PEOPLE } from '../demo/shops.ts';
import { openWorld } from '../demo/world.ts';
import { openBrowser } from '../test/browser.ts';
const ROOT = fileURLToPath(new URL('..', import.meta.url));
buildScreens(ROOT);
const directory = await mkdtemp(join(tmpdir(), 'renkei-pictures-'));
const world = await openWorld({ directory, databaseUrl: null, ports: { renkei: await freePort(), sandbox: 0, smtp: 0, mailbox: 0 }, log: { info: () => {}, error: (_f, e) => console.error(e) } });
const browser = await openBrowser();
const out = '/tmp/tour'; await mkdir(out, { recursive: true });
try {
  for (const [name, opts] of [['ja', { viewport: { width: 1440, height: 1000 }, locale: 'ja-JP', colorScheme: 'light' }], ['m', { viewport: { width: 390, height: 844 }, locale: 'ja-JP', colorScheme: 'light' }]] as const) {
    const page = await browser.newPage(opts as any);
    await page.goto(`${world.url}/sign-in`);
    await page.getByLabel('メールアドレス').fill(DEMO_PEOPLE[0]?.email ?? '');
    await page.getByLabel('パスワード', { exact: true }).fill(world.password);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(2500);
    for (const [n, path] of [['home','/'],['all','/orders'],['unpaid','/orders?tab=unpaid'],['unshipped','/orders?tab=unshipped'],['cancel','/orders?tab=cancel_requests'],['preorders','/pre-orders'],['subs','/subscriptions'],['attention','/attention'],['deadlines','/deadlines'],['recon','/reconciliation'],['activity','/activity'],['mails','/mails'],['runs','/runs'],['settings','/settings']] as const) {
      await page.goto(`${world.url}${path}`);
      await page.waitForTimeout(1800);
      await page.screenshot({ path: `${out}/${name}-${n}.png` });
    }
    await page.goto(`${world.url}/orders?tab=unpaid&kinds=card_fregi`);
    await page.waitForTimeout(1500);
    const first = page.getByRole('table').getByRole('link').first();
    if (await first.count()) { await first.click(); await page.waitForTimeout(2500); await page.screenshot({ path: `${out}/${name}-order.png`, fullPage: true }); }
    await page.goto(`${world.url}/subscriptions`); await page.waitForTimeout(1200);
    const sub = page.getByRole('table').getByRole('link').first();
    if (await sub.count()) { await sub.click(); await page.waitForTimeout(1500); await page.screenshot({ path: `${out}/${name}-sub.png`, fullPage: true }); }
  }
} finally { await browser.close(); await world.close(); await rm(directory, { recursive: true, force: true }); }
