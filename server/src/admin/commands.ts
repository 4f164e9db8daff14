import { ROLES } from '@renkei/core/domain/commands/permissions.ts';
import { Command, InvalidArgumentError, Option } from 'commander';
import { readConfig } from '../config.ts';
import { IS_PACKAGE } from '../places.ts';
import type { Db } from '../store/db/db.ts';
import { migrate } from '../store/db/migrate.ts';
import { grantService } from '../store/db/service-role.ts';
import { printBackup, printRestore } from './copies.ts';
import { erase } from './erase.ts';
import {
  endAllSessions,
  removePerson,
  resetPassword,
  resetTwoFactor,
  unlinkPerson,
} from './people.ts';
import { printSafeMode, release } from './release.ts';
import { ENVIRONMENTS, letIn, openOrChangeShop, printShops } from './shops.ts';
import { formatVerdict, verifyDatabase } from './verify.ts';

type AdminWork = (db: Db, url: string) => Promise<void>;

/**
 * The commands of `npm run admin`, each with its help. `onDatabase` opens the database and does a
 * command's work on it. A wrong word throws commander's CommanderError after printing it.
 */
export function createAdmin(onDatabase: (work: AdminWork) => Promise<void>): Command {
  const admin = new Command(IS_PACKAGE ? 'renkei admin' : 'npm run admin --')
    .description('Shops, people, backups, the audit. The server may run meanwhile.')
    .showHelpAfterError('--help tells more.')
    .exitOverride();
  const onSchema = (work: AdminWork) =>
    onDatabase(async (db, url) => {
      await migrate(db);
      await work(db, url);
    });
  addShops(admin, onSchema);
  addPeople(admin, onSchema);
  addCopies(admin, onSchema, onDatabase);
  addErasure(admin, onSchema);
  addSafeMode(admin, onSchema);
  admin
    .command('grant')
    .summary('Gives a role of PostgreSQL the rights of the service.')
    .description(
      'Gives an existing role what the server needs, and takes everything else away: it adds to ' +
        'journals, logs and seals, and cannot rewrite them. Run it as the owner of the tables, ' +
        'after each new version and each restore. The embedded PostgreSQL needs no such command.',
    )
    .argument('<role>', 'such as renkei_app', text)
    .action((role) => onSchema((db) => grantService(db, role)));
  admin
    .command('verify')
    .summary('Checks the audit.')
    .description(
      'Checks that no entry of the journals, of the shops’ own logs (settings, people, sign-ins) ' +
        'and no seal was changed, that every journal replays to its order, and that the database ' +
        'has every seal written outside of it. Names the first error.',
    )
    .action(() => onSchema(printVerdict));
  return admin;
}

/** Does a command's work on the database. */
type OnDatabase = (work: AdminWork) => Promise<void>;

function addShops(admin: Command, onDatabase: OnDatabase): void {
  admin
    .command('shop')
    .summary('Opens a shop, or changes it.')
    .description(
      'Opens a shop: it needs --name, --fregi-shop and --environment. 自動連携 stays off until ' +
        'the owner turns it on.\nChanges an open shop: options not given stay as they are. ' +
        '店舗ID and environment cannot be changed while operations or runs of the shop are open. ' +
        'Prints the contract before and after.',
    )
    .argument(
      '<id>',
      'like hanamichi-2',
      wordLike(/^[a-z0-9-]{1,40}$/, 'A shop’s id is like hanamichi-2.'),
    )
    .option('--name <name>', 'as its customers know it', text)
    .option('--fregi-shop <5 digits>', '店舗ID', wordLike(/^\d{5}$/, '店舗ID has 5 digits.'))
    .addOption(
      new Option('--environment <name>', 'which of F-REGI’s addresses').choices(ENVIRONMENTS),
    )
    .option('--change-environment <from:to>', 'such as test:production', text)
    .addOption(by())
    .action((id, given) => onDatabase((db) => openOrChangeShop(db, id, given)));
  admin
    .command('user')
    .summary('Adds a person to a shop.')
    .description(
      'Adds a person to a shop, or gives a member another role. A new person gets a password, ' +
        'printed here once. An existing account is refused, with its age and its ' +
        'shop, unless --existing is given. A shop keeps an owner, unless --force says why not.',
    )
    .argument(...person())
    .requiredOption('--name <name>', 'the person’s', text)
    .requiredOption('--shop <id>', 'the shop', text)
    .addOption(new Option('--role <role>', 'in the shop').choices(ROLES).makeOptionMandatory())
    .option('--existing', 'accepts an existing account')
    .addOption(force())
    .addOption(by())
    .action((email, given) => onDatabase((db, url) => letIn(db, url, email, given)));
  admin
    .command('shops')
    .description('Lists the shops.')
    .action(() => onDatabase(printShops));
}

function addPeople(admin: Command, onDatabase: OnDatabase): void {
  admin
    .command('reset-password')
    .summary('Sets another password.')
    .description(
      'Sets a random password, printed here once, and ends every session of the person. The ' +
        'second factor stays. Make sure that it is they who ask.',
    )
    .argument(...person())
    .addOption(by())
    .action((email, given) => onDatabase((db) => resetPassword(db, email, given)));
  admin
    .command('reset-2fa')
    .summary('Takes a second factor away.')
    .description(
      'Takes the second factor, its recovery codes and the passkeys away, and ends every session ' +
        'of the person: for somebody who has lost the phone. Make sure that it is they.',
    )
    .argument(...person())
    .addOption(by())
    .action((email, given) => onDatabase((db) => resetTwoFactor(db, email, given)));
  admin
    .command('unlink-directory')
    .summary('Takes the link to the company directory away.')
    .description(
      'Takes the link to the company directory away and ends every session of the person, whose ' +
        'next sign-in there links the account anew: for somebody whom the directory has made anew.',
    )
    .argument(...person())
    .addOption(by())
    .action((email, given) => onDatabase((db) => unlinkPerson(db, email, given)));
  admin
    .command('end-sessions')
    .summary('Ends every session of a person.')
    .description('Ends every session of the person, who may sign in again.')
    .argument(...person())
    .addOption(by())
    .action((email, given) => onDatabase((db) => endAllSessions(db, email, given)));
  admin
    .command('remove')
    .summary('Removes a person from a shop.')
    .description(
      'Removes a person from a shop, or from all shops without --shop, and ends every session. ' +
        'A shop keeps an owner, unless --force says why not. The account stays, so that logs go on naming the person.',
    )
    .argument(...person())
    .option('--shop <id>', 'the shop', text)
    .addOption(force())
    .addOption(by())
    .action((email, given) => onDatabase((db) => removePerson(db, email, given)));
}

function addCopies(admin: Command, onSchema: OnDatabase, onDatabase: OnDatabase): void {
  admin
    .command('backup')
    .description(
      'Writes a snapshot of the whole database, without sessions. The server may go on. ' +
        'With --recipient only the holder of the private key can restore it.',
    )
    .argument('<directory>', 'a new one')
    .option('--recipient <file>', 'a public X25519 key in PEM, to encrypt to', text)
    .action((directory, given) => onSchema((db) => printBackup(db, directory, given)));
  admin
    .command('restore')
    .description('Restores a backup into an empty database, all of it or nothing.')
    .argument('<directory>', 'the backup')
    .option('--key <file>', 'the private key of the recipient, in PEM', text)
    .action((directory, given) => onDatabase((db) => printRestore(db, directory, given)));
}

function addErasure(admin: Command, onDatabase: OnDatabase): void {
  admin
    .command('erase')
    .summary('Erases a customer of a shop.')
    .description(
      'Lists the orders and applications of a customer, and what prevents their erasure. Give ' +
        'one of --order, --email, --phone and --name. With --confirm and their number it erases ' +
        'the customer of those that nothing prevents; money and proof stay. Nothing brings them ' +
        'back.',
    )
    .argument('<shop>', 'the shop')
    .option('--order <numbers...>', '受注コード, 12 digits each')
    .option('--email <address>', 'the customer’s', text)
    .option('--phone <number>', 'the customer’s, or of お届け先', text)
    .option('--name <name>', 'the customer’s, or of お届け先', text)
    .option('--confirm <number>', 'how many orders and applications to erase', text)
    .addOption(by())
    .action((shop, given) => onDatabase((db) => erase(db, shop, given)));
}

function addSafeMode(admin: Command, onDatabase: OnDatabase): void {
  admin
    .command('safe-mode')
    .description('Tells whether safe mode holds, since when, why, and how far the comparison is.')
    .action(() => onDatabase(printSafeMode));
  admin
    .command('release')
    .description('Ends safe mode once the comparison is complete.')
    .requiredOption('--name <name>', 'your name: you take the responsibility', text)
    .option('--uncompared', 'does not wait for the comparison')
    .action(({ name, uncompared = false }) => onDatabase((db) => release(db, name, uncompared)));
}

/** The argument that names a person. */
function person() {
  const address = wordLike(/^[^@\s]+@[^@\s]+$/, 'Give an e-mail address.');
  return ['<e-mail>', 'the person’s address', address] as const;
}

function force(): Option {
  const meaning = 'also takes the last owner’s role away; the reason goes into the shop’s log';
  return new Option('--force <reason>', meaning).argParser(text);
}

function by(): Option {
  const meaning = 'the person for the shop’s log; by default the user of this machine';
  return new Option('--by <who>', meaning).argParser(text);
}

/** Returns a typed text without outer spaces. */
function text(typed: string): string {
  if (typed.trim() === '') throw new InvalidArgumentError('It is empty.');
  return typed.trim();
}

function wordLike(pattern: RegExp, rule: string): (typed: string) => string {
  return (typed) => {
    if (!pattern.test(typed)) throw new InvalidArgumentError(rule);
    return typed;
  };
}

async function printVerdict(db: Db): Promise<void> {
  const verdict = await verifyDatabase(db, readConfig(process.env).sealFile);
  console.log(formatVerdict(verdict));
  if (verdict.wrong !== null) process.exitCode = 1;
}
