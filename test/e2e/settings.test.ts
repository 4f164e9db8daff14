import { setTimeout as sleep } from 'node:timers/promises';
import type { Page, Route } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Client } from '../kit/clients.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/** 設定: every part of it, mistakes beside their fields, no lost typing, and the log. */
let stage: Stage;
let page: Page;
let owner: Client;
beforeAll(async () => {
  stage = await openStage();
  await stage.env.order();
  owner = await stage.env.signIn('owner');
  page = await stage.visit('owner', '/settings');
});

const settings = async () => (await owner.get('/v1/settings')).body;
const save = () => page.getByRole('button', { name: '設定する' });
const dialog = () => page.getByRole('dialog', { name: '変更する内容' });

async function open(part: string): Promise<void> {
  await page
    .getByRole('navigation', { name: '設定の項目' })
    .getByRole('link', { name: part })
    .click();
  await page.getByRole('region', { name: part, exact: true }).first().waitFor();
}

async function saveSeen(): Promise<void> {
  await save().click();
  await dialog().getByRole('button', { name: '設定する' }).click();
  await page.getByText('設定を保存しました。').waitFor();
}

async function withoutBarriers(): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(() => sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

describe('the forms', () => {
  test('S2: limits of confirmation: a mistake stands at its field, and nothing is sent', async () => {
    await page.getByLabel('確認する件数').fill('0');
    await page.getByText('1〜20,000の整数を入力してください。').waitFor();
    await page.getByLabel('確認する金額（円）').fill('百万');
    await page.getByText('1〜99,999,999の整数を入力してください。').waitFor();
    const { version } = await settings();
    await save().click();
    await page.getByRole('alert').getByText('入力内容を確認してください。').waitFor();
    expect((await settings()).version).toBe(version);
    await page.getByLabel('確認する件数').fill('２５');
    await page.getByLabel('確認する金額（円）').fill('1,500,000');
    await page.getByRole('switch', { name: '朝のまとめメール' }).uncheck();
    await save().click();
    await dialog()
      .getByText(/→ .*25件$/)
      .waitFor();
    await dialog()
      .getByText(/→ .*¥1,500,000$/)
      .waitFor();
    await withoutBarriers();
    await dialog().getByRole('button', { name: '設定する' }).click();
    await page.getByText('設定を保存しました。').waitFor();
    expect(await settings()).toMatchObject({
      confirm: { orders: 25, yen: 1_500_000 },
      digest: false,
    });
  });

  test('S2: each 決済種別 has its policy, and untouched ones stay', async () => {
    await open('決済種別');
    await page
      .getByRole('checkbox', {
        name: 'クレジットカード(F-REGI)：注文完了と同時に承認(オーソリ)する',
      })
      .uncheck();
    await page.getByLabel('代金引換：入金確認メール').selectOption('never');
    const deadline = page.getByLabel('Apple Pay(F-REGI)：売上処理期限（日）');
    await deadline.fill('1000');
    await page.getByText('1〜365の整数を入力してください。').waitFor();
    await deadline.fill('４０');
    await withoutBarriers();
    await saveSeen();
    const { paymentPolicies, captureDeadlines } = await settings();
    expect(captureDeadlines).toEqual({ apple_pay_fregi: 40 });
    await deadline.fill('');
    await save().click();
    await dialog()
      .getByText(/^40日 → .*店舗の期限$/)
      .waitFor();
    await dialog().getByRole('button', { name: '設定する' }).click();
    await page.getByText('設定を保存しました。').waitFor();
    expect((await settings()).captureDeadlines).toEqual({});
    expect(paymentPolicies.card_fregi).toEqual({ authorizeAtOrder: false, paymentMail: 'auto' });
    expect(paymentPolicies.cash_on_delivery.paymentMail).toBe('never');
    expect(paymentPolicies.bank_transfer.paymentMail).toBe('auto');
  });

  test('送り主: full-width numbers are accepted, wrong ones are named', async () => {
    await open('送り主');
    await page.getByLabel('ご依頼主名').fill('花道文具店');
    await page.getByLabel('電話番号').fill('でんわ');
    await page.getByText('半角数字とハイフンで15文字までです。').waitFor();
    await page.getByLabel('郵便番号').fill('５３０');
    await page.getByText('7桁の数字を入力してください（例：530-0001）。').waitFor();
    await page.getByLabel('電話番号').fill('０６－００００－００００');
    await page.getByLabel('郵便番号').fill('５３０−０００１');
    await page.getByLabel('住所').fill('大阪市北区梅田0-0-0');
    await withoutBarriers();
    await saveSeen();
    expect((await settings()).shipper).toMatchObject({
      name: '花道文具店',
      phone: '06-0000-0000',
      postalCode: '530-0001',
    });
  });

  test('the screen asks before it leaves typed settings, and the person may stay', async () => {
    await page.getByLabel('ご依頼主名').fill('まだ保存していない名前');
    await page.getByText('保存していない変更があります。').waitFor();
    await page.getByRole('link', { name: '要対応' }).click();
    const leave = page.getByRole('dialog', { name: '保存していない変更があります' });
    await leave.waitFor();
    expect(await barriers(page)).toEqual([]);
    await leave.getByRole('button', { name: '編集を続ける' }).click();
    expect(await page.getByLabel('ご依頼主名').inputValue()).toBe('まだ保存していない名前');
    await page.goBack();
    await leave.getByRole('button', { name: '編集を続ける' }).click();
    expect(await page.getByLabel('ご依頼主名').inputValue()).toBe('まだ保存していない名前');
    await page.getByRole('link', { name: '要対応' }).click();
    await leave.getByRole('button', { name: '保存せずに移動する' }).click();
    await page.getByRole('heading', { name: '要対応', level: 1 }).waitFor();
    expect((await settings()).shipper.name).toBe('花道文具店');
  });

  test('a meanwhile change by somebody else is shown, and both changes stand afterwards', async () => {
    await page.goto(`${stage.env.url}/settings?page=shipper`);
    await page.getByLabel('ヤマト：運賃管理番号').fill('01');
    const { version } = await settings();
    await owner.send('PATCH', '/v1/settings', { body: { captureDeadlineDays: 33 }, version });
    await save().click();
    const readSlowly = async (route: Route) => {
      if (route.request().method() === 'GET') await sleep(700);
      await route.continue();
    };
    await page.route('**/v1/settings?**', readSlowly);
    await dialog().getByRole('button', { name: '設定する' }).click();
    const overtaken = dialog().getByRole('alert');
    await overtaken.getByText(/^60日 → .*33日$/).waitFor();
    await dialog().getByRole('button', { name: '設定する' }).click(); // not lost, however soon
    await page.getByText('設定を保存しました。').waitFor();
    await page.unroute('**/v1/settings?**', readSlowly);
    expect(await settings()).toMatchObject({
      captureDeadlineDays: 33,
      shipper: { yamatoFareNumber: '01' },
    });
  });
});

describe('CSVレイアウト', () => {
  const add = (name: string) => page.getByRole('button', { name: `${name} を追加`, exact: true });
  const own = async () => (await owner.get('/v1/csv-layouts')).body.own;

  test('L6: a layout is made: columns chosen, moved, named, and previewed on real orders before the save', async () => {
    await page.goto(`${stage.env.url}/settings?page=csv`);
    await page.getByText('店舗のレイアウトはまだありません。').waitFor();
    await page.getByRole('button', { name: '新しいレイアウトを作成する' }).click();
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('レイアウト名を入力してください（40文字まで）。').waitFor();
    await page.getByRole('alert').getByText('項目を追加してください。').waitFor();
    await page.getByLabel('レイアウト名').fill('会計ソフト用');
    await add('受注コード').click();
    await add('請求金額').click();
    await page.getByRole('button', { name: '固定の文字を追加' }).click();
    await page.getByText('見出しを入力してください（50文字まで）。').waitFor();
    await page.getByLabel('3列目の固定の文字').fill('売掛金');
    await page.getByLabel(/^3列目（.*）の見出し$/).fill('科目');
    const preview = page.getByRole('table', { name: /^プレビュー/ });
    await preview.getByRole('row', { name: /^1\d{11} 9115 売掛金$/ }).waitFor();
    await page.getByRole('button', { name: '3列目（科目）を上へ' }).press('Enter');
    await preview.getByRole('row', { name: /^1\d{11} 売掛金 9115$/ }).waitFor();
    await page.getByText('科目 は 2列目です。').waitFor();
    await withoutBarriers();
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('「会計ソフト用」を登録しました。').waitFor();
    expect(await own()).toMatchObject([
      {
        name: '会計ソフト用',
        per: 'order',
        columns: [
          { field: 'orderNumber' },
          { text: '売掛金', header: '科目' },
          { field: 'billedAmount' },
        ],
      },
    ]);
    await withoutBarriers();
  });

  test('a field too fine for the row is named beside it, and the screen asks before it leaves', async () => {
    await page.getByRole('button', { name: /^編集/ }).click();
    await add('商品名').click();
    await page
      .getByText('この項目は、1行の単位（受注・お届け先）より細かい内容です。', { exact: false })
      .waitFor();
    await page.getByLabel('1行の単位').selectOption('line');
    await page
      .getByRole('table', { name: /^プレビュー/ })
      .getByText('万年筆')
      .waitFor();
    await page.getByRole('link', { name: 'レイアウトの一覧へ戻る' }).click();
    const leave = page.getByRole('dialog', { name: '保存していない変更があります' });
    await leave.getByRole('button', { name: '編集を続ける' }).click();
    await page.getByRole('button', { name: '4列目（商品名）を外す' }).click();
    await page.getByRole('button', { name: '1列目（受注コード）を下へ' }).click();
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('「会計ソフト用」を登録しました。').waitFor();
    const [layout] = await own();
    expect(layout).toMatchObject({ per: 'line', version: 2 });
    expect(layout.columns[1]).toEqual({ field: 'orderNumber' });
  });

  test('a taken name and an old version are refused in words, and the form keeps what was typed', async () => {
    const [{ id: _, version: __, ...layout }] = await own();
    const other = { ...layout, name: '別のレイアウト' };
    expect((await owner.post('/v1/csv-layouts', { body: other })).status).toBe(201);
    await page.goto(`${stage.env.url}/settings?page=csv`);
    await page.getByRole('button', { name: /^編集\s*（会計ソフト用）$/ }).click();
    await page.getByLabel('レイアウト名').fill('別のレイアウト');
    await page.getByRole('button', { name: '登録する' }).click();
    await page
      .getByRole('alert')
      .getByText('この名前のCSVレイアウトはすでにあります', { exact: false })
      .waitFor();
    const found = (await own()).find(({ name }: { name: string }) => name === '会計ソフト用');
    const body = { ...layout, encoding: 'utf-8' };
    await owner.send('PUT', `/v1/csv-layouts/${found.id}`, { body, version: found.version });
    await page.getByLabel('レイアウト名').fill('会計ソフト用2');
    await page.getByRole('button', { name: '登録する' }).click();
    const overtaken = page.getByRole('alert').filter({ hasText: '他の人が先に変更しました。' });
    await overtaken.getByText(/Shift_JIS → .*UTF-8$/).waitFor();
    expect(await page.getByLabel('レイアウト名').inputValue()).toBe('会計ソフト用2');
    await page.getByRole('button', { name: '登録する' }).click();
    await page.getByText('「会計ソフト用2」を登録しました。').waitFor();
  });

  test('a layout is removed after a question, and a link to it says that it is gone', async () => {
    const { id } = (await own()).find(({ name }: { name: string }) => name === '会計ソフト用2');
    await page.getByRole('button', { name: /^削除\s*（会計ソフト用2）$/ }).click();
    await page.getByRole('dialog').getByRole('button', { name: '削除する' }).click();
    await page.getByText('「会計ソフト用2」を削除しました。').waitFor();
    await page.goto(`${stage.env.url}/settings?page=csv&layout=${id}`);
    await page.getByText('このレイアウトは見つかりません。削除された可能性があります。').waitFor();
  });
});

test('変更履歴: the log tells in words who changed a setting, when, before and after', async () => {
  await owner.send('PUT', '/v1/mail-templates/thanks', {
    version: 0,
    body: { subject: 'ありがとう', body: '$NAME$ 様', sending: 'manual', copyTo: [] },
  });
  await open('変更履歴');
  const log = page.getByRole('table', { name: '設定の変更履歴' });
  const shipper = log.getByRole('row', { name: /06-0000-0000/ });
  await shipper.getByText('郵便番号').waitFor();
  await shipper.getByRole('rowheader', { name: /owner/ }).waitFor();
  await log.getByRole('row', { name: /^.*25件.*¥1,500,000/ }).waitFor();
  await log.getByText('クレジットカード(F-REGI)：注文完了と同時に承認(オーソリ)する').waitFor();
  await log.getByRole('row', { name: /CSVレイアウト「会計ソフト用2」.*削除/ }).waitFor();
  await log.getByText('受注コード、請求金額', { exact: false }).first().waitFor();
  await log
    .getByRole('row', { name: /メール「サンクスメール」/ })
    .getByText('ありがとう', { exact: true })
    .waitFor();
  expect(await log.getByText(/linkEnabled|paymentPolicies|\{"/).count()).toBe(0);
  await withoutBarriers();
});

test('メンバー: the list shows the people and their roles; an accountant may look and change nothing', async () => {
  await open('メンバー');
  await page
    .getByRole('row', { name: /owner.*管理者.*すべての操作と設定の変更/ })
    .first()
    .waitFor();
  await withoutBarriers();
  const accountant = await stage.visit('accountant', '/settings?page=shipper');
  const button = accountant.getByRole('button', { name: '設定する' });
  await button.waitFor();
  expect(await button.getAttribute('aria-disabled')).toBe('true');
  await accountant.goto(`${stage.env.url}/settings?page=csv`);
  await accountant.getByRole('button', { name: '新しいレイアウトを作成する' }).waitFor();
  expect(await accountant.getByRole('button', { name: /^編集/ }).count()).toBe(0);
  await accountant.context().close();
});

test('メンバー: a colleague is invited by a link, comes in, gets another role, and is removed', async () => {
  await page.goto(`${stage.env.url}/settings?page=members`);
  await page.getByRole('button', { name: 'メンバーを招待する' }).click();
  const invite = page.getByRole('dialog', { name: 'メンバーを招待する' });
  await invite.getByRole('button', { name: '招待する', exact: true }).click();
  await invite.getByText('氏名を入力してください。').waitFor();
  await invite.getByLabel('氏名').fill('鈴木');
  await invite.getByLabel('メールアドレス').fill('suzuki@example.jp');
  expect(await barriers(page)).toEqual([]);
  await invite.getByRole('button', { name: '招待する', exact: true }).click();
  const made = page.getByRole('dialog', { name: '鈴木 さんへの招待' });
  await made.getByText('suzuki@example.jp に招待のメールを送ります。').waitFor();
  const mailOf = () => stage.mails.find(({ to }) => to.includes('suzuki@example.jp'));
  await expect.poll(mailOf).toBeDefined();
  const link = /https?:\S+\/invitation#\S+/.exec(mailOf()?.text ?? '')?.[0] ?? '';
  expect(await barriers(page)).toEqual([]);
  await made.getByRole('button', { name: '閉じる' }).last().click();
  await page
    .getByRole('table', { name: /^招待中/ })
    .getByText('suzuki@example.jp')
    .waitFor();

  const suzuki = await stage.stranger(new URL(link).pathname + new URL(link).hash);
  await suzuki.getByText('鈴木 さん、花道文具店 に 受注担当 として招待されています。').waitFor();
  await suzuki.getByRole('button', { name: '参加する' }).click();
  await suzuki
    .getByRole('alert')
    .getByText(/12文字以上/)
    .waitFor();
  await suzuki.getByLabel('パスワードを決めてください').fill('a long enough password');
  expect(await barriers(suzuki)).toEqual([]);
  await suzuki.getByRole('button', { name: '参加する' }).click();
  await suzuki.getByRole('heading', { name: 'ホーム' }).waitFor();
  const late = await stage.stranger(new URL(link).pathname + new URL(link).hash);
  await late
    .getByRole('alert')
    .getByText(/使用済み/)
    .waitFor();

  await page.reload();
  const members = page.getByRole('table', { name: 'メンバーの一覧' });
  const change = page.getByRole('dialog', { name: '鈴木 さんの役割の変更' });
  await members.getByRole('button', { name: '変更 鈴木' }).click();
  await change.getByLabel('役割').selectOption('viewer');
  await change.getByRole('button', { name: '役割を変更する' }).click();
  await page.getByText('鈴木 さんの役割を変更しました。').waitFor();
  await members.getByRole('button', { name: '変更 鈴木' }).click();
  await change.getByLabel('役割').selectOption('removed');
  await change.getByRole('button', { name: '鈴木 さんを外す' }).click();
  await page.getByText('鈴木 さんをメンバーから外しました。').waitFor();
  await suzuki.reload();
  await suzuki.getByRole('heading', { name: 'ログイン' }).waitFor();
});
