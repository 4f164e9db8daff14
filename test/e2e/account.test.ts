import type { Page, Request } from 'playwright-core';
import { beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openCompanyDirectory } from '../kit/company-directory.ts';
import { openStage, type Stage } from '../kit/stage.ts';
import { Authenticator } from '../kit/visitors.ts';
import { PASSWORD } from '../kit/worlds.ts';
import { barriers } from './looks.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
beforeEach(async () => {
  await stage.env.db.query('truncate "rateLimit"');
});

/** Creates a new member; resolves to their address. */
async function newMember(role: 'clerk' | 'owner' = 'clerk'): Promise<string> {
  const member = await stage.env.signIn(role);
  return (await member.get('/v1/me')).body.user.email;
}

async function signIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByLabel('パスワード', { exact: true }).fill(password);
  await page.getByRole('button', { name: 'ログイン' }).click();
}

/** A browser in which a person has signed in, at the account screen. */
async function openAccount(email: string): Promise<Page> {
  const page = await stage.stranger('/account');
  await signIn(page, email);
  await page.getByRole('heading', { name: 'アカウント', level: 1 }).waitFor();
  return page;
}

/** Turns two-step sign-in on as the screen asks; the next sign-in takes a later code. */
async function turnOn(page: Page): Promise<{ app: Authenticator; codes: string[] }> {
  await page.getByRole('button', { name: '二段階認証を有効にする' }).click();
  const factor = page.getByRole('region', { name: '二段階認証' });
  await factor.getByLabel('現在のパスワード').fill(PASSWORD);
  await factor.getByRole('button', { name: '次へ' }).click();
  await factor.getByRole('img', { name: '認証アプリのQRコード' }).waitFor();
  const key = await factor.getByText('QRコードを読み取れない場合のキー').innerText();
  const secret = key.replace(/^[^\n]*キー/, '').replace(/\s/g, '');
  const app = new Authenticator(`otpauth://totp/Renkei?secret=${secret}`);
  await factor.getByLabel('確認コード').fill(app.code());
  await factor.getByRole('button', { name: '二段階認証を有効にする' }).click();
  await factor.getByText('リカバリーコードを保存してください').waitFor();
  const codes = await factor.getByRole('list', { name: 'リカバリーコード' }).innerText();
  await factor.getByRole('button', { name: '保存しました' }).click();
  await factor.getByText('使えるリカバリーコード：残り10個').waitFor();
  return { app, codes: codes.split(/\s+/) };
}

describe('the account screen', () => {
  test('a person turns two-step sign-in on, and signs in by the app, then by a recovery code', async () => {
    const email = await newMember();
    const page = await openAccount(email);
    const { app, codes } = await turnOn(page);
    expect(codes).toHaveLength(10);
    const there = await stage.stranger('/orders');
    await signIn(there, email);
    await there.getByLabel('確認コード').fill(app.wrongCode());
    await there.getByRole('button', { name: '確認する' }).click();
    await there.getByRole('alert').getByText('確認コードが正しくないか、使用済みです').waitFor();
    await there.getByLabel('確認コード').fill(app.code(1));
    await there.getByRole('button', { name: '確認する' }).click();
    await there.getByRole('heading', { name: '受注管理' }).waitFor();
    const without = await stage.stranger('/orders');
    await signIn(without, email);
    await without.getByRole('button', { name: '認証アプリを使えない場合' }).click();
    await without.getByLabel('リカバリーコード').fill(codes[3] ?? '');
    await without.getByRole('button', { name: '確認する' }).click();
    await without.getByRole('heading', { name: '受注管理' }).waitFor();
    await page.reload();
    await page.getByText('使えるリカバリーコード：残り9個').waitFor();
    const sessions = page.getByRole('region', { name: 'ログイン中のブラウザ' }).first();
    await sessions.getByText('パスワードとリカバリーコード').waitFor();
    await sessions.getByRole('button', { name: 'ほかのログインをすべて終了する' }).click();
    await sessions.getByText('パスワードとリカバリーコード').waitFor({ state: 'detached' });
    await without.reload();
    await without.getByRole('heading', { name: 'ログイン' }).waitFor();
  });

  test('ASVS 6.2.2: a person changes the password: a weak one is refused in words, and other browsers have to sign in', async () => {
    const email = await newMember();
    const [page, there] = [await openAccount(email), await openAccount(email)];
    const part = page.getByRole('region', { name: 'パスワード' });
    const change = async (password: string) => {
      await part.getByLabel('現在のパスワード').fill(PASSWORD);
      await part.getByLabel('新しいパスワード').fill(password);
      await part.getByRole('button', { name: 'パスワードを変更する' }).click();
    };
    await change('short');
    await part.getByRole('alert').getByText('12文字以上').waitFor();
    await change('qwerty123456');
    await part.getByRole('alert').getByText('流出が知られている').waitFor();
    await change('きょうの天気は晴れのち曇り');
    await part.getByText('パスワードを変更しました。').waitFor();
    await there.reload();
    await there.getByRole('heading', { name: 'ログイン' }).waitFor();
    await signIn(there, email, 'きょうの天気は晴れのち曇り');
    await there.getByRole('heading', { name: 'アカウント', level: 1 }).waitFor();
  });

  test('a person opens the screen from the menu, and changes the name that others see', async () => {
    const page = await stage.visit('clerk', '/orders');
    await page.getByRole('button', { name: 'アカウント' }).click();
    await page.getByRole('menuitem', { name: 'アカウント' }).click();
    const part = page.getByRole('region', { name: '氏名' });
    await part.getByLabel('氏名').fill('佐藤 花子');
    await part.getByRole('button', { name: '氏名を変更する' }).click();
    await part.getByText('氏名を変更しました。').waitFor();
    await page.getByRole('button', { name: 'アカウント' }).click();
    await page.getByRole('menu').getByText('佐藤 花子').waitFor();
  });

  test('a screen that nobody touches does not keep the session open', async () => {
    const page = await stage.visit('viewer', '/account');
    await page.getByRole('heading', { name: 'ログイン中のブラウザ' }).waitFor();
    const asked: Request[] = [];
    page.on('request', (request) => {
      if (request.url().endsWith('/v1/account')) asked.push(request);
    });
    const reread = async () => {
      const before = asked.length;
      // A look while the last read is still on its way joins it: the person looks again.
      await expect
        .poll(async () => {
          await page.evaluate(`window.dispatchEvent(new Event('visibilitychange'))`);
          return asked.length;
        })
        .toBeGreaterThan(before);
      return asked[before]?.headers()['renkei-unattended'];
    };
    await page.clock.install();
    await page.clock.fastForward(3 * 60_000);
    expect(await reread()).toBe('1');
    await page.keyboard.press('Tab');
    await page.clock.fastForward(60_000);
    expect(await reread()).toBeUndefined();
  });

  test('the screen has no barriers, in both schemes', async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      const size = { width: 390, height: 800 };
      const page = await stage.visit('viewer', '/account', { colorScheme, viewport: size });
      await page.getByRole('heading', { name: 'ログイン中のブラウザ' }).waitFor();
      expect(await barriers(page)).toEqual([]);
    }
  });
});

test('a person who works in no shop still has the account screen, and can sign out', async () => {
  const email = await newMember();
  await stage.env.db.query(
    'delete from members where user_id = (select id from "user" where email = $1)',
    [email],
  );
  const page = await stage.stranger('/orders');
  await signIn(page, email);
  await page.getByText('利用できる店舗がありません').waitFor();
  await page.getByRole('heading', { name: 'アカウント', level: 1 }).waitFor();
  await page.getByRole('region', { name: 'パスワード', exact: true }).waitFor();
  expect(await barriers(page)).toEqual([]);
  await page.getByRole('button', { name: 'ログアウト' }).click();
  await page.getByRole('heading', { name: 'ログイン', level: 1 }).waitFor();
});

describe('a second factor for everybody', () => {
  test('a member without it goes on to another shop, which does not demand it', async () => {
    const { env } = stage;
    await env.db.query(`update shops set require_two_factor = true where shop_id = 'hanamichi'`);
    const email = await newMember();
    await env.db.query(
      `insert into members (shop_id, user_id, role)
       select 'minato', id, 'viewer' from "user" where email = $1`,
      [email],
    );
    const page = await stage.stranger('/orders?shop=hanamichi');
    await signIn(page, email);
    await page.getByText('花道文具店 を利用するには').waitFor();
    await page.getByLabel('店舗').selectOption('みなと珈琲');
    await page.getByRole('button', { name: 'アカウント' }).waitFor();
    await page.goto(`${env.url}/orders?shop=hanamichi`);
    await page.getByText('花道文具店 を利用するには').waitFor();
    await env.db.query('update shops set require_two_factor = false');
  });

  test('a shop demands it: a member without it has the account screen only, until it is on', async () => {
    const owner = await openAccount(await newMember('owner'));
    await turnOn(owner);
    await owner.goto(`${stage.env.url}/settings`);
    await owner.getByLabel('全員に二段階認証を求める').click();
    await owner.getByRole('button', { name: '設定する' }).click();
    await owner.getByRole('dialog').getByRole('button', { name: '設定する' }).click();
    await owner.getByText('設定を保存しました').waitFor();
    const page = await stage.stranger('/orders');
    await signIn(page, await newMember());
    await page.getByText('花道文具店 を利用するには、二段階認証を有効にしてください。').waitFor();
    expect(new URL(page.url()).pathname).toBe('/account');
    expect(await page.getByRole('navigation').count()).toBe(0);
    await turnOn(page);
    await page.getByRole('link', { name: '店舗の画面へ' }).click();
    await page.getByRole('heading', { name: 'ホーム', level: 1 }).waitFor();
    await owner.goto(`${stage.env.url}/settings?page=members`);
    const row = owner.getByRole('row').filter({ hasText: 'owner' }).first();
    await row.getByText('有効').waitFor();
    await owner.getByText('無効').first().waitFor();
    await stage.env.db.query('update shops set require_two_factor = false');
  });
});

describe('passkeys', () => {
  test('a person adds one, signs in by it where a second factor is demanded, and removes it', async () => {
    const there = await openStage({ host: 'localhost' });
    const client = await there.env.signIn('clerk');
    const { email } = (await client.get('/v1/me')).body.user;
    const page = await there.stranger('/account');
    const cdp = await page.context().newCDPSession(page);
    await cdp.send('WebAuthn.enable');
    await cdp.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        transport: 'internal',
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    await page.getByLabel('メールアドレス').fill(email);
    await page.getByLabel('パスワード', { exact: true }).fill(PASSWORD);
    await page.getByRole('button', { name: 'ログイン', exact: true }).click();
    const part = page.getByRole('region', { name: 'パスキー', exact: true });
    await part.getByRole('button', { name: 'パスキーを追加する' }).click();
    await part.getByLabel('パスキーの名前').fill('店のノートパソコン');
    await part.getByLabel('現在のパスワード').fill(PASSWORD);
    expect(await barriers(page)).toEqual([]);
    await part.getByRole('button', { name: 'パスキーを追加する' }).click();
    await part.getByRole('rowheader', { name: '店のノートパソコン' }).waitFor();
    await there.env.db.query(`update shops set require_two_factor = true`);
    await page.getByRole('button', { name: 'アカウント' }).click();
    await page.getByRole('menuitem', { name: 'ログアウト' }).click();
    await page.getByRole('heading', { name: 'ログイン', level: 1 }).waitFor();
    await page.getByRole('button', { name: 'パスキーでログイン' }).click();
    await page.getByRole('heading', { name: 'ホーム', level: 1 }).waitFor();
    await page.goto(`${there.env.url}/account`);
    await page.getByText('花道文具店 は、全員に二段階認証を求めています。').waitFor();
    await page.getByRole('cell', { name: 'パスキー', exact: true }).waitFor();
    await part.getByRole('button', { name: '削除する 店のノートパソコン' }).click();
    await part.getByText('「店のノートパソコン」ではログインできなくなります。').waitFor();
    await part.getByLabel('現在のパスワード').fill(PASSWORD);
    expect(await barriers(page)).toEqual([]);
    await part.getByRole('button', { name: '削除する', exact: true }).click();
    await part
      .getByRole('rowheader', { name: '店のノートパソコン' })
      .waitFor({ state: 'detached' });
  });
});

test('a person signs in by the company directory, or reads why not', async () => {
  const directory = await openCompanyDirectory();
  const there = await openStage({ directory: directory.settings });
  const email = (await (await there.env.signIn('clerk')).get('/v1/me')).body.user.email;
  const press = async (page: Page) => {
    await page.getByRole('button', { name: '花道カンパニーでログイン' }).click();
  };
  directory.seat({ sub: 'stranger', email: 'stranger@example.jp', isVerified: true });
  const page = await there.stranger('/sign-in');
  await press(page);
  await page
    .getByRole('alert')
    .getByText('会社のアカウントではログインできませんでした。')
    .waitFor();
  expect(await barriers(page)).toEqual([]);
  directory.seat({ sub: 'clerk', email, isVerified: true });
  const other = await there.stranger('/sign-in');
  await press(other);
  await other.getByRole('heading', { name: 'ホーム', level: 1 }).waitFor();
});

test('an owner sets when sessions end, and everybody reads it on the account screen', async () => {
  const owner = await stage.visit('owner', '/settings');
  const idle = owner.getByLabel('無操作の上限（分）');
  await idle.fill('4');
  await owner.getByText('5〜720の整数を入力してください。').waitFor();
  await idle.fill('３０');
  await owner.getByLabel('ログインの上限（時間）').fill('8');
  await owner.getByRole('button', { name: '設定する' }).click();
  await owner.getByRole('dialog').getByText('30', { exact: true }).waitFor();
  await owner.getByRole('dialog').getByRole('button', { name: '設定する' }).click();
  await owner.getByText('設定を保存しました').waitFor();
  const page = await openAccount(await newMember());
  await page.getByText('30分間操作がないとき、またはログインから8時間たつと').waitFor();
  await stage.env.db.query('update shops set session_idle_minutes = 60, session_hours = 12');
});

test('a person who has forgotten the password sets another one by a mailed link', async () => {
  const email = await newMember();
  const page = await stage.stranger('/orders');
  await page.getByRole('link', { name: 'パスワードを忘れた場合' }).click();
  // The sign-in form, which has a field of the same name, is gone.
  await page.getByRole('heading', { name: 'パスワードの再設定' }).waitFor();
  await page.getByLabel('メールアドレス').fill(email);
  await page.getByRole('button', { name: 'メールを送る' }).click();
  await page.getByText('受け付けました。').waitFor();
  const mailed = (subject: string) =>
    stage.mails.find((mail) => mail.to === email && mail.subject.includes(subject));
  await expect.poll(() => mailed('パスワードの再設定')).toBeDefined();
  const link = /http\S+\/password-reset#\S+/.exec(mailed('パスワードの再設定')?.text ?? '');
  const there = await stage.stranger(new URL(link?.[0] ?? '').href.slice(stage.env.url.length));
  await there.getByLabel('新しいパスワード').fill('きょうの天気は晴れのち曇り');
  expect(await barriers(there)).toEqual([]);
  await there.getByRole('button', { name: 'パスワードを設定する' }).click();
  await there.getByText('新しいパスワードを設定しました。').waitFor();
  await there.getByRole('link', { name: 'ログイン画面へ' }).click();
  await signIn(there, email, 'きょうの天気は晴れのち曇り');
  await there.getByRole('heading', { name: 'ホーム', level: 1 }).waitFor();
  await expect
    .poll(() => mailed('アカウントの変更')?.text)
    .toContain('パスワードが変更されました。');
});
