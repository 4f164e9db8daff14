import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import { ROLES } from '@renkei/core/domain/permissions.ts';
import { readConfig } from '../config.ts';
import type { Db } from '../store/db/db.ts';
import { migrate } from '../store/db/migrate.ts';
import { backUp } from './backup.ts';
import { printSafeMode, release } from './release.ts';
import { restore } from './restore.ts';
import { letIn, openOrChangeShop, printShops } from './shops.ts';
import { type Given, UsageError } from './usage.ts';
import { formatVerdict, verifyDatabase } from './verify.ts';

/** A command of `npm run admin`: what is typed, what it does, and how it is done. */
type Command = {
  /** What stands after `npm run admin --`. */
  readonly usage: string;
  readonly help: string;
  /** The one word after the command, as `<id>`; null where there is none. */
  readonly subject: string | null;
  readonly options: ParseArgsOptionsConfig;
  run(db: Db, input: Input): Promise<void>;
};

type Input = { readonly url: string; readonly subject: string; readonly given: Given };

const TEXT = { type: 'string' } as const;

const BY =
  'Who does it (--by) stands in the shop’s log; left out: who is signed in on this machine.';

/** Every command, by the word that calls it. */
const COMMANDS: Readonly<Record<string, Command>> = {
  shop: {
    usage: `shop <id> [--name <name>] [--fregi-shop <5 digits>] [--environment test|production]
    [--change-environment <from>:<to>] [--by <who>]`,
    help: `Opens a shop: --name, --fregi-shop and --environment are wanted. test and production are
F-REGI's own addresses. 自動連携 stays off until the owner turns it on.
Changes a shop that is open: what is not given stays as it is. Its environment changes only by
--change-environment, which names both (test:production). 店舗ID and environment cannot be
changed while operations or runs of the shop are open. Before and after are printed.
${BY}`,
    subject: '<id>',
    options: {
      name: TEXT,
      'fregi-shop': TEXT,
      environment: TEXT,
      'change-environment': TEXT,
      by: TEXT,
    },
    run: (db, { subject, given }) => openOrChangeShop(db, subject, given),
  },
  user: {
    usage: `user <e-mail> --name <name> --shop <id> --role ${ROLES.join('|')} [--existing]
    [--by <who>]`,
    help: `Lets a person into a shop, or gives a member another role. Somebody new gets a password,
printed here once. An account that there is already is refused, with since when and from which
shop it is, unless --existing. A shop keeps an owner.
${BY}`,
    subject: '<e-mail>',
    options: { name: TEXT, shop: TEXT, role: TEXT, existing: { type: 'boolean' }, by: TEXT },
    run: (db, { url, subject, given }) => letIn(db, url, subject, given),
  },
  shops: {
    usage: 'shops',
    help: 'Lists the shops.',
    subject: null,
    options: {},
    run: (db) => printShops(db),
  },
  backup: {
    usage: 'backup <new directory>',
    help: 'Writes the whole database as it stands at one instant. The server may go on.',
    subject: '<new directory>',
    options: {},
    run: (db, { subject }) => printBackup(db, subject),
  },
  restore: {
    usage: 'restore <directory>',
    help: 'Puts a backup into an empty database, all of it or nothing.',
    subject: '<directory>',
    options: {},
    run: (db, { subject }) => printRestore(db, subject),
  },
  'safe-mode': {
    usage: 'safe-mode',
    help: 'Tells whether safe mode holds, since when, why, and how far the comparison has come.',
    subject: null,
    options: {},
    run: (db) => printSafeMode(db),
  },
  release: {
    usage: 'release --name <your name> [--uncompared]',
    help: 'Ends safe mode, once all was compared; --uncompared does not wait for that.',
    subject: null,
    options: { name: TEXT, uncompared: { type: 'boolean' } },
    run: (db, { given: { name, uncompared } }) =>
      release(db, typeof name === 'string' ? name : '', uncompared === true),
  },
  verify: {
    usage: 'verify',
    help: `Checks that no entry of the journals, of the shops' own logs (settings, people, sign-ins)
and no seal was changed, that every journal replays to its order, and that the database has what
was sealed outside of it. Names what is wrong first.`,
    subject: null,
    options: {},
    run: (db) => printVerdict(db),
  },
};

/** The commands that bring the schema up to date first; a backup is put into an empty database. */
export async function runCommand(name: string, ...input: Parameters<Command['run']>) {
  const [db] = input;
  if (name !== 'restore') await migrate(db);
  await COMMANDS[name]?.run(...input);
}

type Parsed =
  | { readonly kind: 'help'; readonly text: string }
  | {
      readonly kind: 'run';
      readonly name: string;
      readonly subject: string;
      readonly given: Given;
    };

/** What was typed after `npm run admin --`. Throws a UsageError for what makes no sense. */
export function parseCommand([name = '', ...words]: readonly string[]): Parsed {
  if (['--help', '-h', 'help'].includes(name)) return { kind: 'help', text: usageOf() };
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command === undefined) {
    const unknown = name === '' ? '' : `There is no command ${name}.\n\n`;
    throw new UsageError(unknown + usageOf());
  }
  const usage = usageOf([name]);
  const { positionals, help, given } = parseWords(command, words, usage);
  if (help) return { kind: 'help', text: usage };
  const [subject = '', ...more] = positionals;
  if (command.subject !== null && subject === '') {
    throw new UsageError(`${command.subject} is wanted\n\n${usage}`);
  }
  const surplus = command.subject === null ? positionals : more;
  if (surplus.length > 0) throw new UsageError(`What is ${surplus.join(' ')}?\n\n${usage}`);
  return { kind: 'run', name, subject, given };
}

function parseWords({ options }: Command, words: readonly string[], usage: string) {
  const known = { ...options, help: { type: 'boolean', short: 'h' } } as const;
  try {
    const typed = parseArgs({ args: [...words], allowPositionals: true, options: known });
    const values: Readonly<Record<string, unknown>> = typed.values;
    const given = Object.entries(values).flatMap(([option, value]) =>
      typeof value === 'string' || typeof value === 'boolean' ? [[option, value] as const] : [],
    );
    const { positionals } = typed;
    return { positionals, help: values.help === true, given: Object.fromEntries(given) };
  } catch (cause) {
    throw new UsageError(`${cause instanceof Error ? cause.message : cause}\n\n${usage}`);
  }
}

/** How some commands are used. */
function usageOf(names: readonly string[] = Object.keys(COMMANDS)): string {
  return names
    .flatMap((name) => {
      const command = COMMANDS[name];
      if (command === undefined) return [];
      const help = command.help.replaceAll(/^/gm, '    ');
      return [`npm run admin -- ${command.usage}\n${help}`];
    })
    .join('\n\n');
}

async function printBackup(db: Db, directory: string): Promise<void> {
  const { at, tables } = await backUp(db, directory);
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${directory}: ${tables.length} tables, ${rows} rows, as of ${at}`);
}

async function printRestore(db: Db, directory: string): Promise<void> {
  const { at } = await restore(db, directory);
  console.log(`The database is as it was at ${at}.`);
  console.log('The server will start in safe mode, until all is compared: see docs/runbook.md.');
}

async function printVerdict(db: Db): Promise<void> {
  const verdict = await verifyDatabase(db, readConfig(process.env).sealFile);
  console.log(formatVerdict(verdict));
  if (verdict.wrong !== null) process.exitCode = 1;
}
