import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../backoffice/src/contract/shop.ts';
import { type Mailbox, openMailbox, type ReceivedMail } from '../../demo/mailbox.ts';
import { openBrowser } from '../browser.ts';
import type { Client } from '../client.ts';
import { type DevEnv, type DevEnvOptions, openDevEnv } from '../dev-env.ts';

/** The whole system, a mailbox, and a browser before it: what an end-to-end test stands on. */
export type Stage = {
  readonly env: DevEnv;
  readonly mails: readonly ReceivedMail[];
  /** What any page complained about: errors of scripts, content refused by the policy (CSP). */
  readonly complaints: readonly string[];
  /** A browser of the person with a role in a shop, at a place. Its language is Japanese. */
  visit(role: Role, path: string, options?: Visit): Promise<Page>;
  /** A browser that nobody is signed in at. */
  stranger(path: string, options?: Visit): Promise<Page>;
  close(): Promise<void>;
};

type Visit = BrowserContextOptions & { readonly shopId?: string };

const BUILT = fileURLToPath(new URL('../../web/dist/index.html', import.meta.url));
const PATIENCE_MS = 10_000;

export async function openStage(options: DevEnvOptions = {}): Promise<Stage> {
  if (!existsSync(BUILT)) throw new Error('the screens are not built: run `npm run build` first');
  const mailbox = await openMailbox({ smtp: 0, page: 0 });
  const env = await openDevEnv({ smtpUrl: mailbox.smtpUrl, ...options });
  const browser = await openBrowser();
  return setStage(env, mailbox, browser);
}

function setStage(env: DevEnv, mailbox: Mailbox, browser: Browser): Stage {
  const complaints: string[] = [];
  const people = new Map<string, Client>();

  async function open(path: string, visit: Visit, cookie: string): Promise<Page> {
    const { shopId: _, ...options } = visit;
    const context = await browser.newContext({
      locale: 'ja-JP',
      timezoneId: 'America/New_York', // business dates are Japan's, wherever the browser stands
      viewport: { width: 1440, height: 900 },
      ...options,
    });
    context.setDefaultTimeout(PATIENCE_MS);
    await context.addCookies(cookiesOf(cookie, env.url));
    const page = await context.newPage();
    page.on('pageerror', (error) => void complaints.push(String(error)));
    page.on('console', (message) => {
      if (message.type() === 'error' && !isAnswer(message.text())) complaints.push(message.text());
    });
    await page.goto(`${env.url}${path}`);
    return page;
  }

  return {
    ...{ env, complaints },
    mails: mailbox.mails,
    async visit(role, path, visit = {}) {
      const who = `${role} of ${visit.shopId ?? 'the first shop'}`;
      const client = people.get(who) ?? (await env.signIn(role, visit.shopId));
      people.set(who, client);
      return open(path, visit, client.cookie);
    },
    stranger: (path, visit = {}) => open(path, visit, ''),
    async close() {
      await browser.close();
      await env.close();
      await mailbox.close();
    },
  };
}

function cookiesOf(cookie: string, url: string) {
  return cookie.split('; ').flatMap((pair) => {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value, url }];
  });
}

/** The browser names every answer that is a problem; the screens are there to show them. */
function isAnswer(text: string): boolean {
  return text.startsWith('Failed to load resource: the server responded with a status of');
}
