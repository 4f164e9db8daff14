import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { atConsole } from '../kit/gateway.ts';
import { apply, preorder } from '../kit/handed-over-applications.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/**
 * Every screen: no barriers, no page that scrolls sideways at 320 px, no content that the policy
 * refuses.
 */
let stage: Stage;
const room = { disk: 'marks', freeBytes: 9 * 1024 ** 3, sizeBytes: 10 * 1024 ** 3 };
let paid: string;
let asked: string;
let run: string;
beforeAll(async () => {
  stage = await openStage({ measureRoom: async () => [room] });
  const nothing = { shipping: 0, paymentFee: 0, wrapping: 0, pointsUsed: 0, couponDiscount: 0 };
  await stage.env.order({ amounts: { items: 12_000, ...nothing } });
  await stage.env.order();
  const voided = await stage.env.order();
  paid = await stage.env.order();
  asked = await stage.env.order();
  await atConsole(stage.env, voided, 'void');
  const clerk = await stage.env.signIn('clerk');
  const request = { body: { message: '間違えました' }, version: 1 };
  await clerk.post(`/v1/orders/${asked}/cancel-request`, request);
  const rows = await Promise.all(
    [voided, paid].map(async (orderNumber) => {
      const { version } = (await clerk.get(`/v1/orders/${orderNumber}`)).body;
      return { orderNumber, version };
    }),
  );
  run = (await clerk.post('/v1/runs', { body: { rows } })).body.id;
  await apply(stage.env, clerk, 'T-1');
  await preorder(stage.env, clerk, 'P-1');
});

type Screen = readonly [name: string, open: (page: Page) => Promise<unknown>];

const at = (path: () => string, heading: RegExp) => async (page: Page) => {
  await page.goto(`${stage.env.url}${path()}`);
  await page.getByRole('heading', { name: heading }).first().waitFor();
  await page
    .getByText(/読み込んでいます|Loading/)
    .first()
    .waitFor({ state: 'hidden' });
};

const list = at(() => '/orders?tab=unpaid', /受注管理|^Orders$/);
const unshipped = at(() => '/orders?tab=unshipped', /受注管理|^Orders$/);
const detail = at(() => `/orders/${paid}`, /受注詳細|^Order /);

const SCREENS: readonly Screen[] = [
  ['list', list],
  ['empty list', at(() => '/orders?tab=completed', /受注管理|^Orders$/)],
  ['detail', detail],
  ['runs', at(() => '/runs', /一括処理|Bulk runs/)],
  ['result of a run', at(() => `/runs/${run}`, /成功しました|captured/)],
  ['settings', at(() => '/settings', /設定|Settings/)],
  ['payment kinds', at(() => '/settings?page=payment', /^決済種別$|^Payment kinds$/)],
  ['CSV layouts', at(() => '/settings?page=csv', /^CSVレイアウト$|^CSV layouts$/)],
  ['a new CSV layout', at(() => '/settings?page=csv&layout=new', /^新しいレイ|^New layout$/)],
  ['members', at(() => '/settings?page=members', /^メンバー$|^Members$/)],
  ['log of the settings', at(() => '/settings?page=log', /^変更履歴$|^Log of changes$/)],
  ['mail templates', at(() => '/mails?kind=thanks', /メール設定|Mail templates/)],
  ['pre-orders', at(() => '/pre-orders', /^予約$|^Pre-orders$/)],
  ['applications', at(() => '/subscriptions', /受注管理|^Orders$/)],
  ['an application', at(() => '/subscriptions/T-1', /^申込 T-1$|^Application T-1$/)],
  ['home', at(() => '/', /^ホーム$|^Home$/)],
  ['attention', at(() => '/attention', /^要対応$|^Attention$/)],
  ['deadlines', at(() => '/deadlines', /^承認期限$|^Capture deadlines$/)],
  ['reconciliation', at(() => '/reconciliation', /^照合$|^Reconciliation$/)],
  ['activity', at(() => '/activity', /^操作履歴$|^Activity$/)],
  ['safe mode', at(() => '/safe-mode', /^セーフモード$|^Safe mode$/)],
  ['import', at(() => '/imports', /取込|Import/)],
  ['no such page', at(() => '/nowhere', /見つかりません|Page not found/)],
];

const WIDE: readonly Screen[] = [
  [
    'preview of a bulk run',
    async (page) => {
      await list(page);
      await page.getByRole('checkbox').first().check();
      await page.getByRole('button', { name: /^入金済にする$|^Mark paid$/ }).click();
      await page.getByRole('dialog').getByRole('button', { name: /¥/ }).waitFor();
    },
  ],
  [
    'preview of shipping many',
    async (page) => {
      await unshipped(page);
      await page.getByRole('checkbox').first().check();
      await page.keyboard.press('h');
      await page.getByRole('dialog').getByRole('table').first().waitFor();
    },
  ],
  [
    'shipping of one order',
    async (page) => {
      await unshipped(page);
      await page
        .getByRole('button', { name: /を発送済にする$|^Mark order .* shipped$/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('checkbox').waitFor();
    },
  ],
];

const DIALOGS: readonly Screen[] = [
  [
    'detailed search',
    async (page) => {
      await list(page);
      await page.keyboard.press('f');
      await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    },
  ],
  [
    'changing an application',
    async (page) => {
      await at(() => '/subscriptions/T-1', /T-1/)(page);
      await page.getByRole('button', { name: /^お届け日・サイクル|^Change day/ }).click();
      await page.getByRole('dialog').getByRole('textbox').first().waitFor();
    },
  ],
  [
    'authorizing a pre-order',
    async (page) => {
      await at(() => '/pre-orders', /^予約$|^Pre-orders$/)(page);
      await page
        .getByRole('button', { name: /^通常処理にする|^Move to processing/ })
        .first()
        .click();
      await page.getByRole('dialog').getByRole('button', { name: /¥/ }).waitFor();
    },
  ],
  [
    'confirmation of a refund',
    async (page) => {
      await detail(page);
      const status = page.getByRole('region', { name: /^ステータス$|^Status$/ });
      await status
        .getByRole('checkbox', { name: /取引情報を取り消す|Cancel the transaction/ })
        .check();
      await status.getByLabel(/^ステータスの変更$|^Change the status$/).selectOption({ index: 1 });
      await status.getByRole('button', { name: /^更新$|^Update$/ }).click();
      await page
        .getByRole('dialog')
        .getByText(/元に戻せません|cannot undo this/)
        .waitFor();
    },
  ],
  [
    'the original order',
    async (page) => {
      await detail(page);
      await page.getByRole('button', { name: /^初回受注情報表示$|^Original order$/ }).click();
      await page.getByRole('dialog').getByRole('table').waitFor();
    },
  ],
  [
    'the order as it was then',
    async (page) => {
      await detail(page);
      await page
        .getByText(/^(詳細|Details)/)
        .last()
        .click();
      await page
        .getByRole('button', { name: /^この時点の受注内容|^The order as it was then/ })
        .click();
      await page
        .getByRole('dialog')
        .getByText(/取引番号|Transaction number/)
        .waitFor();
    },
  ],
  [
    'clearing the payment date with the refund',
    async (page) => {
      await detail(page);
      const payment = page.getByRole('region', { name: /^入金$|^Payment$/ });
      await payment.getByRole('checkbox', { name: /入金日取消|Clear the payment date/ }).check();
      await payment.getByRole('button', { name: /^更新$|^Update$/ }).click();
      await page.getByRole('radio', { name: /売上取消もする|Also refund at F-REGI/ }).check();
      await page
        .getByRole('dialog')
        .getByText(/元に戻せません|cannot undo this/)
        .waitFor();
    },
  ],
  [
    'contents being edited, and the shipping form',
    async (page) => {
      await detail(page);
      await page.getByRole('button', { name: /^発送済にする$|^Mark shipped$/ }).click();
      await page
        .getByRole('button', { name: /^金額を変更（売上済）$|^Change the amounts/ })
        .click();
      await page
        .getByRole('button', { name: /^商品を追加$|^Add a product$/ })
        .first()
        .click();
      await page.getByLabel(/^送料$|^Postage$/).fill('0');
      await page
        .getByText(/うち消費税|incl\. tax/)
        .first()
        .waitFor();
    },
  ],
  [
    'a request to cancel',
    async (page) => {
      await at(() => `/orders/${asked}`, /受注詳細|^Order /)(page);
      await page.getByRole('button', { name: /^受け付けて|^Accept and/ }).click();
      await page
        .getByRole('dialog')
        .getByRole('checkbox', { name: /取引情報を取り消す|Cancel the transaction/ })
        .waitFor();
    },
  ],
  [
    'list of keys',
    async (page) => {
      await list(page);
      await page.keyboard.press('?');
      await page.getByRole('dialog').waitFor();
    },
  ],
];

type Look = { readonly colorScheme: 'light' | 'dark'; readonly width: number };
const NARROW = 320;

/** Opens a screen once for each language, and looks at it in every way of that language. */
describe.each<{ readonly locale: string; readonly looks: readonly Look[] }>([
  { locale: 'ja-JP', looks: [{ colorScheme: 'light', width: 1440 }] },
  {
    locale: 'en-US',
    looks: [
      { colorScheme: 'dark', width: 1024 },
      { colorScheme: 'light', width: NARROW },
    ],
  },
])('$locale', ({ locale, looks }) => {
  let page: Page;
  beforeAll(async () => {
    page = await stage.visit('owner', '/orders', { locale });
  });
  afterAll(() => page?.context().close());

  test.each([
    ...[...SCREENS, ...DIALOGS].map((screen) => [...screen, looks] as const),
    ...WIDE.map((screen) => [...screen, looks.filter(({ width }) => width > NARROW)] as const),
  ])(
    'the screen “%s” has no barriers and does not scroll sideways',
    async (_name, open, asLooked) => {
      const [first, ...others] = asLooked as [Look, ...Look[]];
      await lookAt(page, first);
      await open(page);
      await expectNoBarriers(page, first);
      for (const look of others) {
        await lookAt(page, look);
        await expectNoBarriers(page, look);
      }
    },
  );
});

async function lookAt(page: Page, { colorScheme, width }: Look): Promise<void> {
  await page.emulateMedia({ colorScheme });
  await page.setViewportSize({ width, height: 800 });
}

async function expectNoBarriers(page: Page, { colorScheme, width }: Look): Promise<void> {
  const how = `${colorScheme}, ${width} px`;
  await expect.poll(() => sidewaysScroll(page), { message: how }).toBeLessThanOrEqual(0);
  expect(await barriers(page), how).toEqual([]);
}

test('the list appears after at most 200 kB of compressed JavaScript; the rest comes later', async () => {
  const page = await stage.visit('clerk', '/imports');
  await page.goto(`${stage.env.url}/orders?tab=unpaid`);
  await page.getByRole('table').waitFor();
  const sum = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ name }) => name.endsWith('.js'))
      .reduce(
        (total, entry) => total + (entry as unknown as { encodedBodySize: number }).encodedBodySize,
        0,
      ),
  );
  expect(sum / 1024).toBeGreaterThan(50);
  expect(sum / 1024).toBeLessThan(200);
  await page.context().close();
});

test('F35: while a disk of the server is nearly full, a band on every screen says so', async () => {
  const page = await stage.visit('clerk', '/');
  const band = page.getByRole('status').filter({ hasText: '空きが残りわずかです' });
  await page.getByRole('heading', { name: 'ホーム' }).waitFor();
  expect(await band.count()).toBe(0);
  room.freeBytes = 200 * 1024 ** 2;
  for (const path of ['/', '/orders?tab=unpaid', '/settings']) {
    await page.goto(`${stage.env.url}${path}`);
    await band.waitFor();
  }
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(() => sidewaysScroll(page)).toBeLessThanOrEqual(0);
  room.freeBytes = 9 * 1024 ** 3;
  await page.reload();
  await page.getByRole('heading', { name: '設定' }).first().waitFor();
  expect(await band.count()).toBe(0);
  // A round of the tidier in this time has told the log.
  const others = stage.env.errors.filter((error) => !/is nearly full$/.test(String(error)));
  stage.env.errors.splice(0, stage.env.errors.length, ...others);
});
