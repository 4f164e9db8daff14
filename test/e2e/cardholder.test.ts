import type { Page } from 'playwright-core';
import { beforeAll, expect, test } from 'vitest';
import type { Client } from '../kit/clients.ts';
import { heldFor } from '../kit/gateway.ts';
import { incoming } from '../kit/orders.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { SHOPS } from '../kit/worlds.ts';
import { blockOf, showOrder } from './order-page.ts';

/** 本人認証 (3-D Secure): the cardholder's browser, and what the shop sees of it (Y1, Y2). */
let stage: Stage;
let page: Page;
let cart: Client;
beforeAll(async () => {
  stage = await openStage();
  page = await stage.visit('clerk', '/orders');
  cart = await stage.env.signIn('clerk');
  for (const { fregiShopId } of SHOPS) {
    const challengeReturnUrl = `${stage.env.url}/v1/cardholder/return`;
    await stage.env.sandbox.gateway.changeShop(fregiShopId, { challengeReturnUrl });
  }
});

const block = (name: string) => blockOf(page, name);
const shot = async (name: string) => {
  const { SHOTS } = process.env;
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/${name}.png`, fullPage: true });
};

/** An order by a token whose cardholder F-REGI wants to see; returns where the cart sends them. */
async function challenged(): Promise<{ orderNumber: string; path: string }> {
  const url = `${stage.env.sandbox.url}/sandbox/v1/tokens`;
  const answer = await fetch(url, { method: 'POST', body: '{"pan":"4980111111111133"}' });
  const { token } = (await answer.json()) as { token: string };
  const order = { ...incoming(), transaction: { kind: 'token', token } };
  const { body } = await cart.post('/v1/orders', { body: order });
  return { orderNumber: order.orderNumber, path: body.operation.challenge.path };
}

test('Y2: the shop sees that F-REGI waits for the cardholder, who confirms on F-REGI’s page', async () => {
  const { orderNumber, path } = await challenged();
  await showOrder(page, orderNumber);
  await page.getByText('本人認証待ち: 承認（オーソリ）　¥9,115').waitFor();
  await page.getByText('まだ承認されていません。').waitFor();
  await shot('waiting-ja');
  const cardholder = await stage.stranger(path);
  await cardholder.getByText('カード会社による本人認証です。').waitFor();
  await cardholder.getByRole('button', { name: '認証に成功する' }).click();
  await cardholder.getByText('本人認証の画面から戻りました。').waitFor();
  await block('決済').getByText('承認済', { exact: true }).first().waitFor();
  await block('決済')
    .getByText('認証済（不正利用によるチャージバックはカード会社の負担です。）')
    .waitFor();
  await shot('authenticated-ja');
  expect(await heldFor(stage.env, orderNumber)).toMatchObject([
    { state: 'authorized', amount: 9_115 },
  ]);
});

test('Y1: an amount change says before the press that the shop will bear a chargeback, and afterwards that it does', async () => {
  const given = incoming();
  if (given.transaction?.kind !== 'authorized') throw new Error('not authorized');
  const transaction = { ...given.transaction, authentication: 'authenticated' } as const;
  const amounts = { ...given.amounts, shipping: 800 };
  const orderNumber = await stage.env.order({ ...given, amounts, transaction });
  await showOrder(page, orderNumber);
  await block('入金').getByText('店舗の負担になります。').waitFor();
  await shot('liability-ja');
  await block('入金').getByRole('button', { name: '入金済に更新' }).click();
  await block('決済').getByText('認証失効').waitFor();
  await shot('lapsed-ja');
  await page.goto(`${stage.env.url}/orders?authentication=lapsed`);
  await page.getByRole('link', { name: orderNumber }).waitFor();
  await page.getByText('本人認証：認証失効').waitFor();
  await shot('filter-ja');
});
