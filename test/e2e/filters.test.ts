import type { Page } from 'playwright-core';
import { beforeAll, describe, expect, test } from 'vitest';
import type { IncomingOrder } from '../../core/src/domain/order/place-order.ts';
import { incoming } from '../kit/orders.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { barriers, focused, sidewaysScroll } from './looks.ts';

/** 詳細検索, the active filters, many 受注コード at once, and sorting; all of it in the URL. */
let stage: Stage;
let page: Page;
let orders: Record<'cheap' | 'dear' | 'transfer' | 'phone', string>;

const NOTHING = { shipping: 0, paymentFee: 0, wrapping: 0, pointsUsed: 0, couponDiscount: 0 };
const billed = (items: number): Partial<IncomingOrder> => ({ amounts: { items, ...NOTHING } });

beforeAll(async () => {
  stage = await openStage();
  const details = { ...incoming().details, customerMessage: '15時以降に届けてください' };
  const transfer = { paymentKind: 'bank_transfer', transaction: undefined } as const;
  orders = {
    cheap: await stage.env.order({ ...billed(1_000), placedAt: '2026-11-01T01:00:00.000Z' }),
    dear: await stage.env.order({ ...billed(80_000), placedAt: '2026-11-05T01:00:00.000Z' }),
    transfer: await stage.env.order({ ...billed(5_000), ...transfer }),
    phone: await stage.env.order({ ...billed(3_000), channel: 'smartphone', details }),
  };
  page = await stage.visit('clerk', '/orders');
});

const dialog = () => page.getByRole('dialog', { name: '詳細検索' });
const active = () => page.getByRole('group', { name: '絞り込み中の条件' });
const codes = () =>
  page.locator('[data-order]').evaluateAll((links) => links.map(({ textContent }) => textContent));

async function openList(query: string): Promise<void> {
  await page.goto(`${stage.env.url}/orders${query}`);
  await page.getByLabel('表示件数').waitFor();
}

describe('詳細検索', () => {
  test('詳細検索 opens by a key, searches by Enter, and shows its filters in the URL and as chips', async () => {
    await openList('');
    await page.keyboard.press('f');
    await focused(dialog().getByLabel('受注コード・検索語'));
    await dialog().getByLabel('受注日（開始）').fill('2026-11-01');
    await dialog().getByLabel('受注日（終了）').fill('2026-11-05');
    await dialog().getByRole('button', { name: 'クレジットカード(F-REGI)' }).click();
    await dialog().getByLabel('入金状況').selectOption('未入金');
    expect(await barriers(page)).toEqual([]);
    await dialog().getByLabel('請求金額（下限）').fill('￥１，０００');
    await page.keyboard.press('Enter');
    await page.getByText('2件中1-2件表示').waitFor();
    expect(await codes()).toEqual([orders.dear, orders.cheap]);
    const { searchParams } = new URL(page.url());
    expect(Object.fromEntries(searchParams)).toMatchObject({
      placedFrom: '2026-11-01',
      placedTo: '2026-11-05',
      billedMin: '1000',
      kinds: 'card_fregi',
      paid: 'false',
    });
    await active().getByText('受注日：2026/11/01〜2026/11/05').waitFor();
    await active().getByText('請求金額：¥1,000〜').waitFor();
    await active().getByText('決済種別：クレジットカード(F-REGI)').waitFor();
    await active().getByText('入金状況：未入金').waitFor();
    expect(await barriers(page)).toEqual([]);
  });

  test('each chip takes its filter away, also by keyboard; back and forward bring it again', async () => {
    await active()
      .getByRole('button', { name: '「受注日：2026/11/01〜2026/11/05」の条件を外す' })
      .press('Enter');
    await page.getByText('3件中1-3件表示').waitFor();
    await page.goBack();
    await page.getByText('2件中1-2件表示').waitFor();
    await page.goForward();
    await page.getByText('3件中1-3件表示').waitFor();
    await page.reload();
    await page.getByText('3件中1-3件表示').waitFor();
    await active().getByRole('button', { name: '条件をすべて外す' }).click();
    await page.getByText('4件中1-4件表示').waitFor();
    expect(await active().count()).toBe(0);
  });

  test('通信事項 finds the orders whose customer has written a note', async () => {
    await openList('');
    await page.keyboard.press('f');
    await dialog().getByLabel('通信事項').selectOption('あり');
    await dialog().getByRole('button', { name: '検索する' }).click();
    await page.getByText('1件中1-1件表示').waitFor();
    expect(await codes()).toEqual([orders.phone]);
    await active().getByText('通信事項：あり').waitFor();
  });

  test('a senseless filter is named at its field, and the form keeps what was typed', async () => {
    await openList('?tab=unpaid');
    await page.getByRole('button', { name: '詳細検索' }).click();
    await dialog().getByLabel('受注日（開始）').fill('2026-11-05');
    await dialog().getByLabel('受注日（終了）').fill('2026-11-01');
    await dialog().getByLabel('請求金額（下限）').fill('たくさん');
    await dialog().getByLabel('承認期限', { exact: true }).fill('400');
    await dialog().getByRole('button', { name: '検索する' }).click();
    await dialog().getByText('終了は、開始と同じかそれより後の日付にしてください。').waitFor();
    await dialog().getByText('0〜99,999,999の整数を円で入力してください。').waitFor();
    await dialog().getByText('0〜365の整数を入力してください。').waitFor();
    await focused(dialog().getByLabel('受注日（終了）'));
    expect(await dialog().getByLabel('請求金額（下限）').inputValue()).toBe('たくさん');
    await dialog().getByLabel('請求金額（下限）').fill('5000');
    await dialog().getByLabel('請求金額（上限）').fill('4000');
    await page.keyboard.press('Control+Enter');
    await dialog().getByText('上限は、下限以上の金額にしてください。').waitFor();
    await page.keyboard.press('Escape');
    expect(new URL(page.url()).searchParams.get('billedMin')).toBeNull();
  });

  test('many 受注コード pasted as a column list the found orders and name the rest', async () => {
    await openList('');
    await page.keyboard.press('f');
    const pasted = `${orders.cheap}\n${orders.transfer}\r\n199999999999`;
    await dialog().getByLabel('受注コード・検索語').fill(pasted);
    await page.keyboard.press('Control+Enter');
    await page.getByText('2件中1-2件表示').waitFor();
    await page.getByText('見つからない受注コード（1件）').waitFor();
    await active().getByText('受注コード・検索語：受注コード 3件').waitFor();
  });

  test('a senseless URL is no error: the screen shows the readable part of it', async () => {
    await openList(
      '?placedFrom=2026-02-30&billedMin=-5&kinds=cash,card_fregi&sort=colour&paid=maybe',
    );
    await page.getByText('3件中1-3件表示').waitFor();
    expect(await page.getByRole('alert').count()).toBe(0);
  });

  test('the filters fit at 320 px, in English and in the dark, too', async () => {
    const narrow = await stage.visit('clerk', '/orders?billedMin=1', {
      locale: 'en-US',
      colorScheme: 'dark',
      viewport: { width: 320, height: 800 },
    });
    await narrow.getByRole('button', { name: 'Detailed search' }).click();
    await narrow.getByRole('dialog', { name: 'Detailed search' }).waitFor();
    expect(await barriers(narrow)).toEqual([]);
    await expect.poll(() => sidewaysScroll(narrow)).toBeLessThanOrEqual(0);
    await narrow.context().close();
  });
});

describe('sorting', () => {
  const head = (name: string) => page.getByRole('columnheader', { name });

  test('the head of a column sorts, and the other way by a second press; the URL and screen readers get it', async () => {
    await openList('?limit=50');
    expect(await head('受注日時').getAttribute('aria-sort')).toBe('descending');
    await head('請求金額').getByRole('button').press('Enter');
    await expect
      .poll(codes, { timeout: 10_000 })
      .toEqual([orders.dear, orders.transfer, orders.phone, orders.cheap]);
    expect(await head('請求金額').getAttribute('aria-sort')).toBe('descending');
    expect(await head('受注日時').getAttribute('aria-sort')).toBe('none');
    await head('請求金額').getByRole('button').click();
    await expect
      .poll(codes, { timeout: 10_000 })
      .toEqual([orders.cheap, orders.phone, orders.transfer, orders.dear]);
    expect(page.url()).toContain('sort=billed&direction=asc');
    await page.reload();
    await expect
      .poll(codes, { timeout: 10_000 })
      .toEqual([orders.cheap, orders.phone, orders.transfer, orders.dear]);
    await page.goBack();
    await expect
      .poll(codes, { timeout: 10_000 })
      .toEqual([orders.dear, orders.transfer, orders.phone, orders.cheap]);
  });

  test('a selection survives another sorting, and ends with another filter', async () => {
    await openList('');
    await page.getByRole('checkbox', { name: `受注 ${orders.cheap} を選択` }).check();
    await head('顧客名').getByRole('button').click();
    await page.getByText('1件の受注が選択されています。').waitFor();
    await page.getByRole('button', { name: 'クレジットカード・承認済' }).click();
    await page.getByText('1件の受注が選択されています。').waitFor({ state: 'detached' });
  });
});

test('L2: a view keeps every filter and the sorting', async () => {
  const query = '?channels=smartphone&billedMax=9000&tracked=false&sort=billed&direction=asc';
  await openList(query);
  await page.getByText('1件中1-1件表示').waitFor();
  await page.getByRole('button', { name: 'この条件を保存' }).click();
  const save = page.getByRole('dialog');
  await save.getByRole('textbox', { name: '名前' }).fill('スマホの小口');
  await save.getByRole('button', { name: '保存する' }).click();
  const view = page.getByRole('link', { name: 'スマホの小口' });
  await expect.poll(() => view.getAttribute('aria-current'), { timeout: 10_000 }).toBe('page');
  await page.getByRole('link', { name: /^全件/ }).click();
  await page.getByText('4件中1-4件表示').waitFor();
  expect(await view.getAttribute('aria-current')).toBeNull();
  await view.click();
  await page.getByText('1件中1-1件表示').waitFor();
  const kept = new URL(page.url()).searchParams;
  for (const [name, value] of new URLSearchParams(query)) expect(kept.get(name)).toBe(value);
});
