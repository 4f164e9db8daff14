import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { mkdir, open, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { type Connection, type Db, transaction } from '../store/db/db.ts';
import { listTables, quoted, type Table } from '../store/db/tables.ts';
import { decrypted, Encryption, type KeyOf, lockSchema, lockTo } from './backup-lock.ts';
import { UsageError } from './usage.ts';

/** A backup's description of itself, in manifest.json. */
const manifestSchema = z.strictObject({
  format: z.literal([1, 2]),
  /** How the tables are encrypted; a backup of format 1 is not. */
  lock: lockSchema.optional(),
  /** The UTC instant of the backed-up state. */
  at: z.iso.datetime(),
  migrations: z.array(z.strictObject({ id: z.int(), name: z.string(), checksum: z.string() })),
  tables: z.array(z.strictObject({ name: z.string(), rows: z.int().min(0) })),
});
export type Manifest = z.infer<typeof manifestSchema>;

const ROWS_AT_A_TIME = 2_000;

/**
 * Tables that no backup has and no restore fills: whoever has a backup must not be signed in by it,
 * and tries and waits mean nothing on another day.
 */
export const NEVER_BACKED_UP: readonly string[] = [
  'session',
  'verification',
  'rateLimit',
  'sign_in_tries',
  'password_resets',
];

/**
 * Writes the whole database into a new directory, in one snapshot while the server works: each
 * table as JSON lines, a manifest, and SHA256SUMS over all files. With a recipient's public key the
 * tables are encrypted to it. The directory appears only when it is complete. Throws a UsageError
 * if it exists already.
 */
export async function backUp(
  db: Db,
  directory: string,
  recipientPem: string | null = null,
): Promise<Manifest> {
  if (existsSync(directory)) {
    throw new UsageError(`${directory} exists already; a backup overwrites nothing`);
  }
  const partial = `${directory}.partial`;
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const manifest = await transaction(db, (client) => copyAll(client, partial, recipientPem));
    await rename(partial, directory);
    return manifest;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

async function copyAll(
  client: Connection,
  directory: string,
  recipientPem: string | null,
): Promise<Manifest> {
  const locked = recipientPem === null ? null : lockTo(recipientPem);
  await client.query('set transaction isolation level repeatable read, read only');
  await client.query('set local statement_timeout = 0');
  const { rows: instants } = await client.query<{ at: string }>(
    `select to_json(now() at time zone 'UTC')::text as at`,
  );
  const { rows: migrations } = await client.query<Manifest['migrations'][number]>(
    'select id, name, checksum from schema_migrations order by id',
  );
  const at = `${JSON.parse(instants[0]?.at ?? '""')}Z`;
  const tables: { name: string; rows: number }[] = [];
  const sums: string[] = [];
  for (const table of await listTables(client)) {
    if (NEVER_BACKED_UP.includes(table.name)) continue;
    const file = fileOf(table.name, locked !== null);
    const key = locked?.keyOf(file) ?? null;
    const { rows, sum } = await copyTable(client, table, join(directory, file), key);
    tables.push({ name: table.name, rows });
    sums.push(`${sum}  ${file}\n`);
  }
  const whole = { at, migrations, tables };
  const manifest: Manifest =
    locked === null ? { format: 1, ...whole } : { format: 2, lock: locked.lock, ...whole };
  const text = `${JSON.stringify(manifest, null, 2)}\n`;
  await writeFile(join(directory, 'manifest.json'), text, { mode: 0o600, flush: true });
  sums.push(`${createHash('sha256').update(text).digest('hex')}  manifest.json\n`);
  await writeFile(join(directory, 'SHA256SUMS'), sums.join(''), { mode: 0o600, flush: true });
  return manifest;
}

function fileOf(table: string, isEncrypted: boolean): string {
  return isEncrypted ? `${table}.jsonl.enc` : `${table}.jsonl`;
}

/** Yields the lines of a table in a backup; `keyOf` opens an encrypted one. */
export async function* linesOf(
  directory: string,
  table: string,
  keyOf: KeyOf | null,
): AsyncGenerator<string> {
  const name = fileOf(table, keyOf !== null);
  const stored: AsyncIterable<Buffer> = createReadStream(join(directory, name));
  let rest: Buffer = Buffer.alloc(0);
  for await (const bytes of keyOf === null ? stored : decrypted(stored, keyOf(name))) {
    let line = Buffer.concat([rest, bytes]);
    for (let end = line.indexOf(LINE_END); end >= 0; end = line.indexOf(LINE_END)) {
      yield line.toString('utf8', 0, end);
      line = line.subarray(end + 1);
    }
    rest = line;
  }
}

const LINE_END = 0x0a;

async function copyTable(
  client: Connection,
  { name, columns }: Table,
  path: string,
  key: Buffer | null,
): Promise<{ rows: number; sum: string }> {
  const hash = createHash('sha256');
  const encryption = key === null ? null : new Encryption(key);
  const file = await open(path, 'wx', 0o600);
  const write = async (bytes: Buffer) => {
    hash.update(bytes);
    await file.writeFile(bytes);
  };
  let count = 0;
  try {
    const list = columns.map(quoted).join(', ');
    await client.query(
      `declare rows_of cursor for
         select to_jsonb(r)::text as line from (select ${list} from ${quoted(name)}) as r`,
    );
    for (;;) {
      const { rows } = await client.query<{ line: string }>(`fetch ${ROWS_AT_A_TIME} from rows_of`);
      if (rows.length === 0) break;
      const text = Buffer.from(rows.map(({ line }) => `${line}\n`).join(''));
      await write(encryption?.update(text) ?? text);
      count += rows.length;
    }
    await client.query('close rows_of');
    if (encryption !== null) await write(encryption.final());
    await file.datasync();
  } finally {
    await file.close();
  }
  return { rows: count, sum: hash.digest('hex') };
}

/**
 * Reads a backup's manifest after checking every file. Throws a UsageError that names the first
 * damaged one.
 */
export async function checkBackup(directory: string): Promise<Manifest> {
  const sums = await readFile(join(directory, 'SHA256SUMS'), 'utf8').catch(() => {
    throw new UsageError(`${directory} is not a backup: it has no SHA256SUMS`);
  });
  const listed = new Map<string, string>();
  for (const line of sums.split('\n').filter(Boolean)) {
    const [, sum, name] = /^([0-9a-f]{64}) {2}([\w.-]+)$/.exec(line) ?? [];
    if (sum === undefined || name === undefined) {
      throw new UsageError(`${directory}/SHA256SUMS cannot be read: ${line}`);
    }
    if ((await sumOf(join(directory, name))) !== sum) {
      throw new UsageError(
        `${join(directory, name)} is not as it was written; nothing was restored`,
      );
    }
    listed.set(name, sum);
  }
  const text = await readFile(join(directory, 'manifest.json'), 'utf8').catch(() => '{}');
  const manifest = manifestSchema.safeParse(JSON.parse(text));
  if (!manifest.success || !listed.has('manifest.json')) {
    throw new UsageError(`${directory}/manifest.json is not a manifest of Renkei`);
  }
  const isEncrypted = manifest.data.lock !== undefined;
  const files = manifest.data.tables.map(({ name }) => fileOf(name, isEncrypted));
  const missing = files.find((file) => !listed.has(file));
  if (missing !== undefined) throw new UsageError(`${missing} is not in SHA256SUMS`);
  return manifest.data;
}

async function sumOf(path: string): Promise<string | null> {
  const file = await open(path).catch(() => null);
  if (file === null) return null;
  const hash = createHash('sha256');
  for await (const chunk of file.createReadStream()) hash.update(chunk);
  return hash.digest('hex');
}
