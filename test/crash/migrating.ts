import { once } from 'node:events';
import { PLACES } from '../../server/src/places.ts';
import { migrate } from '../../server/src/store/db/migrate.ts';
import { connect } from '../kit/postgres.ts';

/**
 * A process that migrates and can be killed: it connects, says `ready`, waits for a word, migrates
 * up to LAST, and prints the applied migrations as JSON.
 */
const { DATABASE_URL = '', LAST = '' } = process.env;
const db = connect(DATABASE_URL, { max: 1 });
await db.query('select 1');
console.log('ready');
await once(process.stdin, 'data');
console.log(JSON.stringify(await migrate(db, PLACES.migrations, Number(LAST))));
await db.end();
process.stdin.destroy();
