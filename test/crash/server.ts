import { TIMING } from '../../core/src/turns/timing.ts';
import { createRenkei } from '../../server/src/assemble.ts';
import { QUICK } from '../kit/timing.ts';

/** A Renkei in a process of its own, to be killed, with the quick deadlines or the real ones. */
const { DATABASE_URL = '', PORT = '', AUTH_SECRET = '', SEALS = '', REAL = '' } = process.env;
const url = `http://127.0.0.1:${PORT}`;
const renkei = await createRenkei({
  databaseUrl: DATABASE_URL,
  publicUrl: url,
  authSecret: AUTH_SECRET,
  smtpUrl: null,
  mailFrom: 'shop@example.jp',
  production: false,
  sealFile: SEALS === '' ? null : SEALS,
  timing: REAL === '1' ? TIMING : QUICK,
  waitMs: 4_000,
  log: { info: () => {}, error: (facts, error) => console.error(facts, error) },
});
await renkei.app.listen({ host: '127.0.0.1', port: Number(PORT) });
renkei.work();
// A measurement of memory in use asks for a collection first.
process.on('SIGUSR2', () => globalThis.gc?.());
console.log('ready');
