import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { BrowserContextOptions, Page } from 'playwright-core';
import type { Role } from '../../core/src/domain/commands/permissions.ts';
import type { ReceivedMail } from '../../demo/mailbox.ts';
import { openContext } from './browser.ts';
import type { Client } from './clients.ts';
import { owned } from './scope.ts';
import { openMailbox } from './servers.ts';
import { type DevEnv, type DevEnvOptions, openDevEnv } from './worlds.ts';

/**
 * The whole system, a mailbox, and a browser before it: the ground of an end-to-end test. It ends
 * with the file, which fails if any page complained or any error occurred inside.
 */
export type Stage = {
  readonly env: DevEnv;
  readonly mails: readonly ReceivedMail[];
  /** Opens a browser of the person with a role in a shop, at a place. Its language is Japanese. */
  visit(role: Role, path: string, options?: Visit): Promise<Page>;
  /** Opens a browser that nobody is signed in at. */
  stranger(path: string, options?: Visit): Promise<Page>;
};

type Visit = BrowserContextOptions & {
  readonly shopId?: string;
  /** The person; by default one of the role, the same at each visit. */
  readonly client?: Client;
};

export type StageOptions = DevEnvOptions & {
  /** The complaints that pages may make: the tests cut something off on purpose. */
  readonly complaintsExpected?: RegExp;
};

const BUILT = fileURLToPath(new URL('../../web/dist/index.html', import.meta.url));
/** States come at once, but not on a busy machine. */
const PATIENCE_MS = 30_000;

export async function openStage(options: StageOptions = {}): Promise<Stage> {
  if (!existsSync(BUILT)) throw new Error('the screens are not built: run `npm run build` first');
  const mailbox = await openMailbox();
  const env = await openDevEnv({ smtpUrl: mailbox.smtpUrl, ...options });
  const complaints: string[] = [];
  owned(async () => {
    const { complaintsExpected: expected } = options;
    failOver(
      'a page complained',
      expected ? complaints.filter((text) => !expected.test(text)) : complaints,
    );
    failOver('something went wrong inside', env.errors);
  });
  return setStage(env, mailbox.mails, complaints);
}

/** Collects the complaints of a page: errors of scripts, content refused by the policy (CSP). */
function setStage(env: DevEnv, mails: readonly ReceivedMail[], complaints: string[]): Stage {
  const people = new Map<string, Client>();

  async function open(path: string, visit: Visit, cookie: string): Promise<Page> {
    const { shopId: _, client: __, ...options } = visit;
    const context = await openContext({
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
    env,
    mails,
    async visit(role, path, visit = {}) {
      const who = `${role} of ${visit.shopId ?? 'the first shop'}`;
      const client = visit.client ?? people.get(who) ?? (await env.signIn(role, visit.shopId));
      if (visit.client === undefined) people.set(who, client);
      return open(path, visit, client.cookie);
    },
    stranger: (path, visit = {}) => open(path, visit, ''),
  };
}

function failOver(what: string, found: readonly unknown[]): void {
  if (found.length > 0) throw new AggregateError(found, `${what}: ${found.map(String).join('\n')}`);
}

function cookiesOf(cookie: string, url: string) {
  return cookie.split('; ').flatMap((pair) => {
    const [, name, value] = /^([^=]+)=(.*)$/.exec(pair) ?? [];
    return name === undefined || value === undefined ? [] : [{ name, value, url }];
  });
}

/** The browser logs every answer that is a problem; the screens show these answers. */
function isAnswer(text: string): boolean {
  return text.startsWith('Failed to load resource: the server responded with a status of');
}
