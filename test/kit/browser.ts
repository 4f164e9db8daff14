import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  chromium,
} from 'playwright-core';
import { owned, tellOnFailure } from './scope.ts';

/** The paths where systems keep Chromium. */
const SYSTEM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
const CACHE = fileURLToPath(new URL('../../node_modules/.cache/chromium', import.meta.url));

/** No GPU, no first-run pages, and no traffic except to the page under test. */
const QUIET = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

type Found = { readonly path: string; readonly env: Readonly<Record<string, string>> };

let shared: Browser | undefined;

/** The browser of all tests of this process: launched once, and ended with the process. */
async function sharedBrowser(): Promise<Browser> {
  if (shared?.isConnected() !== true) shared = await openBrowser();
  return shared;
}

/** Opens a browser window without cookies; it closes with the test. */
export async function openContext(options: BrowserContextOptions = {}): Promise<BrowserContext> {
  const context = await (await sharedBrowser()).newContext(options);
  const forget = tellOnFailure(() => shownIn(context));
  owned(() => {
    forget();
    return context.close();
  });
  return context;
}

/** Returns the text of each page, as a person sees it. */
async function shownIn(context: BrowserContext): Promise<string> {
  const texts = context.pages().map(async (page) => {
    const shown = await page.locator('body').innerText({ timeout: 1_000 });
    return `--- ${page.url()} shows:\n${shown}`;
  });
  return (await Promise.all(texts)).join('\n');
}

/**
 * Opens a headless browser: the one from npm if it runs, because it is the same everywhere and has
 * no hidden windows; otherwise the system's Chromium. `CHROMIUM_PATH` names another. A program that
 * opens it closes it; tests share one.
 */
export async function openBrowser(): Promise<Browser> {
  const { path, env } = await findBrowser();
  return chromium.launch({
    executablePath: path,
    args: QUIET,
    env: { ...definedOnly(process.env), ...env },
  });
}

async function findBrowser(): Promise<Found> {
  const wanted = process.env.CHROMIUM_PATH;
  if (wanted !== undefined) return { path: wanted, env: {} };
  if (process.platform === 'linux' && process.arch === 'x64') return browserFromNpm();
  const path = SYSTEM.find((known) => existsSync(known));
  if (path === undefined) throw new Error('no Chromium: CHROMIUM_PATH names one');
  return { path, env: {} };
}

/** Unpacks it once per checkout, with libraries and a font for a system that has neither. */
async function browserFromNpm(): Promise<Found> {
  if (!existsSync(CACHE)) await unpack();
  const fonts = existsSync('/etc/fonts/fonts.conf') ? {} : { FONTCONFIG_PATH: CACHE };
  const LD_LIBRARY_PATH = join(CACHE, 'al2023', 'lib');
  return { path: join(CACHE, 'chromium'), env: { LD_LIBRARY_PATH, ...fonts } };
}

/**
 * The package unpacks into the temporary folder of its process, and unpacks its libraries only if
 * it takes itself to be at home; a process of its own gets both. The rename makes the folder whole
 * or absent for other test files that look for it at the same time.
 */
async function unpack(): Promise<void> {
  await mkdir(dirname(CACHE), { recursive: true });
  const directory = await mkdtemp(`${CACHE}-`);
  const program = `await (await import('@sparticuz/chromium')).default.executablePath()`;
  await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: dirname(CACHE),
    env: {
      ...definedOnly(process.env),
      TMPDIR: directory,
      AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x',
    },
  });
  await writeFile(
    join(directory, 'fonts.conf'),
    `<fontconfig><dir>${join(CACHE, 'fonts')}</dir><cachedir>${CACHE}</cachedir></fontconfig>\n`,
  );
  await rename(directory, CACHE).catch(async (error: unknown) => {
    await rm(directory, { recursive: true, force: true });
    if (!existsSync(CACHE)) throw error;
  });
}

function definedOnly(env: NodeJS.ProcessEnv): Record<string, string> {
  const set = Object.entries(env).filter((pair): pair is [string, string] => pair[1] !== undefined);
  return Object.fromEntries(set);
}
