import { readFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { createSandbox, type SandboxShop } from './index.ts';
import { readSettings } from './shops.ts';

const SEED_MAX = 2_147_483_647;

const USAGE = `renkei-sandbox: a local F-REGI

  --port 4181             0 takes a free one
  --host 127.0.0.1        the address to listen at
  --data .renkei/sandbox  where the ledger is kept
  --shop 00001:テスト店舗  a shop and its name; repeat it for more shops
  --shops shops.json      shops with all that they have agreed: an array of objects
  --seed 7                what all numbers follow from; by chance if left out
  --no-inquiry            no shop has an inquiry, as at F-REGI
  --capture-days 60       days from the authorization to the capture deadline
  --transmission-at 23:00 daily transmission, Japanese time; only by hand if left out
  --latency 0             milliseconds that every answer of a CGI takes`;

/** Runs the sandbox on its own. Resolves once it listens. */
async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      port: { type: 'string', default: '4181' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string', default: '.renkei/sandbox' },
      shop: { type: 'string', multiple: true, default: ['00001:テスト店舗'] },
      shops: { type: 'string' },
      seed: { type: 'string' },
      'no-inquiry': { type: 'boolean', default: false },
      'capture-days': { type: 'string', default: '60' },
      'transmission-at': { type: 'string' },
      latency: { type: 'string', default: '0' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return console.log(USAGE);
  const transmissionAt = values['transmission-at'];
  const sandbox = await createSandbox({
    port: parseWhole('--port', values.port, 65_535),
    host: values.host,
    directory: values.data,
    shops: await readShops(values.shops, values.shop, !values['no-inquiry']),
    captureDays: parseWhole('--capture-days', values['capture-days'], 3_650),
    latencyMs: parseWhole('--latency', values.latency, 600_000),
    ...(transmissionAt === undefined ? {} : { transmissionAt }),
    ...(values.seed === undefined ? {} : { seed: parseWhole('--seed', values.seed, SEED_MAX) }),
  });
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
  }
  const { url } = sandbox;
  console.log(
    `F-REGI sandbox: ${url}/connecttest/  console: ${url}/sandbox/console  shop: ${url}/sandbox/shop`,
  );
}

function parseWhole(name: string, text: string, most: number): number {
  const number = Number(text);
  if (/^\d+$/.test(text) && number <= most) return number;
  throw new Error(
    `${name} is a whole number up to ${most}, not ${text} / ${name} は${most}までの整数です`,
  );
}

/** Reads the shops of a file, or those of `--shop` if there is none. */
async function readShops(
  path: string | undefined,
  named: readonly string[],
  inquiry: boolean,
): Promise<SandboxShop[]> {
  if (path === undefined) return named.map((text) => parseShop(text, inquiry));
  const shops: unknown = JSON.parse(await readFile(path, 'utf8'));
  if (!Array.isArray(shops) || shops.length === 0)
    throw new Error(`${path} is an array of shops / ${path} は店舗の配列です`);
  return shops.map((item: unknown, index) => {
    const { shopId, ...rest } =
      typeof item === 'object' && item !== null ? { shopId: '', ...item } : { shopId: '' };
    const read = readSettings(rest);
    if (!/^\d{5}$/.test(shopId))
      throw new Error(
        `${path}: shop ${index} has no shopId of five digits / shopId は5桁の数字です`,
      );
    if ('wrong' in read)
      throw new Error(`${path}: shop ${shopId}: ${read.wrong.en} / ${read.wrong.ja}`);
    return { name: shopId, inquiry, ...read.settings, shopId };
  });
}

/** Parses 00001:テスト店舗, five digits and a name. */
function parseShop(text: string, inquiry: boolean): SandboxShop {
  const [, shopId, name] = /^(\d{5}):(.+)$/.exec(text) ?? [];
  if (shopId === undefined || name === undefined) {
    throw new Error(
      `--shop is like 00001:テスト店舗, not ${text} / --shop は 00001:テスト店舗 の形式です`,
    );
  }
  return { shopId, name, inquiry };
}

await main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
