import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../kit/clients.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, sidewaysScroll } from './looks.ts';

/**
 * メール設定: texts with variables, previewed on a real order and in a test mail, and no lost typing.
 */
let stage: Stage;
let page: Page;
let owner: Client;
let orderNumber: string;
beforeAll(async () => {
  stage = await openStage();
  orderNumber = await stage.env.order();
  owner = await stage.env.signIn('owner');
  page = await stage.visit('owner', '/mails?kind=thanks');
});

const subject = () => page.getByLabel('件名');
const text = () => page.getByRole('textbox', { name: '本文', exact: true });
const save = () => page.getByRole('button', { name: '登録する' });
const template = async () => {
  const { items } = (await owner.get('/v1/mail-templates')).body;
  return items.find(({ kind }: { kind: string }) => kind === 'thanks');
};

async function withoutBarriers(): Promise<void> {
  expect(await barriers(page)).toEqual([]);
  await page.setViewportSize({ width: 320, height: 800 });
  await expect.poll(() => sidewaysScroll(page)).toBe(0);
  await page.setViewportSize({ width: 1440, height: 900 });
}

test("a variable goes to the cursor's last place: into the subject, or into the text", async () => {
  await subject().fill('ありがとうございます');
  await page.getByText('置換文字', { exact: true }).click();
  await subject().focus();
  await subject().press('Home');
  await page.getByRole('button', { name: /\$SHOPNAME\$$/ }).click();
  expect(await subject().inputValue()).toBe('$SHOPNAME$ありがとうございます');
  await text().fill('様');
  await text().press('Home');
  await page.getByRole('button', { name: / \$NAME\$$/ }).click();
  await page.keyboard.type(' ');
  expect(await text().inputValue()).toBe('$NAME$ 様');
  await withoutBarriers();
});

test("the preview takes the newest order, and shows the members' text to members only", async () => {
  await page.getByRole('textbox', { name: '会員専用本文' }).fill('会員の皆さまへ');
  await page.getByRole('textbox', { name: 'あとがき' }).fill('またのお越しを');
  const preview = page.getByRole('region', { name: 'プレビュー' });
  await expect.poll(() => preview.getByLabel('受注コード').inputValue()).toBe(orderNumber);
  await preview.getByRole('button', { name: 'プレビューを見る' }).click();
  await preview.getByText('花道文具店ありがとうございます').waitFor();
  await preview.getByText('またのお越しを').waitFor();
  expect(await preview.getByText('会員の皆さまへ').count()).toBe(0);
  await preview.getByLabel('会員のお客様として見る').check();
  await preview.getByRole('button', { name: 'プレビューを見る' }).click();
  await preview.getByText('会員の皆さまへ').waitFor();
  await preview.getByLabel('受注コード').fill('123');
  await preview.getByRole('button', { name: 'プレビューを見る' }).click();
  await preview.getByText('12桁の受注コードを入力してください。').waitFor();
  await preview.getByLabel('受注コード').fill(orderNumber);
});

test('a test mail goes to the person who asks for it, and to no customer', async () => {
  await page.getByRole('button', { name: '自分にテスト送信' }).click();
  await page.getByText(/にテストメールを送信します。$/).waitFor();
  await expect
    .poll(() => stage.mails.filter(({ text }) => text.includes('会員の皆さまへ')).length, {
      timeout: 10_000,
    })
    .toBe(1);
});

test('a mistake is named beside its field, and nothing is saved', async () => {
  await subject().fill('');
  await text().fill('$NOSUCH$');
  await page.getByLabel(/^店舗への写し/).fill('だれか');
  await page.getByText('メールアドレスではないものが含まれています。').waitFor();
  await save().click();
  await page.getByText('入力してください。', { exact: true }).waitFor();
  await subject().fill('件名');
  await page.getByLabel(/^店舗への写し/).fill('shop@example.jp、owner@example.jp');
  await save().click();
  await expect.poll(() => text().getAttribute('aria-invalid'), { timeout: 10_000 }).toBe('true');
  await page.getByText('$NOSUCH$: この置換文字はありません。', { exact: false }).first().waitFor();
  expect(await text().inputValue()).toBe('$NOSUCH$');
  expect((await template()).isDefault).toBe(true);
});

test('a template is saved as the shop’s own, and the screen asks before it leaves unsaved text', async () => {
  await text().fill('$NAME$ 様');
  await page.getByRole('link', { name: '入金確認メール' }).click();
  const leave = page.getByRole('dialog', { name: '保存していない変更があります' });
  await leave.getByRole('button', { name: '編集を続ける' }).click();
  expect(await text().inputValue()).toBe('$NAME$ 様');
  await page.getByRole('radio', { name: '自動送信' }).check();
  await save().click();
  await page.getByText('文面を登録しました。').waitFor();
  expect(await template()).toMatchObject({
    subject: '件名',
    body: '$NAME$ 様',
    memberBody: '会員の皆さまへ',
    sending: 'auto',
    copyTo: ['shop@example.jp', 'owner@example.jp'],
  });
  await page.getByRole('link', { name: '入金確認メール' }).click();
  await page.getByRole('link', { name: '決済種別の設定を開く' }).waitFor();
  await page.goBack();
  await page.getByRole('region', { name: 'サンクスメール' }).waitFor();
});

test('a meanwhile change by somebody else is shown, and the form keeps what was typed', async () => {
  await subject().fill('わたしの件名');
  const {
    kind: _,
    label: __,
    isDefault: ___,
    variables: ____,
    version,
    ...words
  } = await template();
  const body = { ...words, subject: 'ほかの人の件名', sending: 'never' };
  await owner.send('PUT', '/v1/mail-templates/thanks', { body, version });
  await save().click();
  const overtaken = page.getByRole('alert').filter({ hasText: '他の人が先に変更しました。' });
  await overtaken.getByText('ほかの人の件名').waitFor();
  await overtaken.getByText(/^自動送信 → .*送信しない$/).waitFor();
  expect(await subject().inputValue()).toBe('わたしの件名');
  await save().click();
  await page.getByText('文面を登録しました。').waitFor();
  expect((await template()).subject).toBe('わたしの件名');
});

test('Renkei’s own words come back after a question, and the shop’s stay in the log', async () => {
  await page.getByRole('button', { name: '標準の文面に戻す' }).click();
  const dialog = page.getByRole('dialog', { name: '標準の文面に戻しますか' });
  expect(await barriers(page)).toEqual([]);
  await dialog.getByRole('button', { name: '標準の文面に戻す' }).click();
  await page.getByText('標準の文面に戻しました。').waitFor();
  expect((await template()).isDefault).toBe(true);
  await page.goto(`${stage.env.url}/settings?page=log`);
  await page
    .getByRole('table', { name: '設定の変更履歴' })
    .getByText('わたしの件名')
    .first()
    .waitFor();
});

test('B4: mails that are too late stand above the templates, and one press drops them all', async () => {
  await stage.env.db.query(
    `insert into mails (shop_id, order_number, kind, occasion, created_at, due_at)
     select 'hanamichi', $1, 'payment_confirmation', 'late ' || n, now() - interval '30 hours', now()
       from generate_series(1, 12) as n`,
    [orderNumber],
  );
  page = await stage.visit('owner', '/mails');
  await page.getByText('送信できないまま時間が過ぎたメールが 12 件あります').waitFor();
  await page.getByText('ほか 2 件').waitFor();
  await withoutBarriers();
  await page.getByRole('button', { name: 'すべて送信しない' }).click();
  const dialog = page.getByRole('dialog', { name: 'すべてのメールを送信しないことにしますか' });
  await dialog.getByRole('button', { name: 'すべて送信しない' }).click();
  await expect.poll(() => page.getByText('時間が過ぎたメール').count()).toBe(0);
  const { body } = await owner.get('/v1/waiting-mails');
  expect([body.waiting, body.late.count]).toEqual([0, 0]);
});
