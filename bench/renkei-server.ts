import { checkTiming, TIMING } from '../core/src/turns/timing.ts';
import { giveBackMemory } from '../server/src/after-start.ts';
import { createRenkei } from '../server/src/assemble.ts';

/** Renkei as it is, in a process of its own. `QUICK=1`: with short deadlines, for faults. */
const { DATABASE_URL = '', PORT = '', AUTH_SECRET = '', QUICK = '' } = process.env;
const quick = checkTiming({
  ...TIMING,
  callMs: 1_000,
  queueMs: 300,
  sendWindowMs: 500,
  inFlightMs: 1_000,
  quarantineMs: 3_000,
  takeoverMs: 2_000,
  lookMs: 200,
  resendMs: 100,
  holdMs: 1_000,
});
const url = `http://127.0.0.1:${PORT}`;
const renkei = await createRenkei({
  databaseUrl: DATABASE_URL,
  publicUrl: url,
  authSecret: AUTH_SECRET,
  smtpUrl: null,
  mailFrom: 'bench@example.jp',
  production: false,
  sealFile: null,
  timing: QUICK === '1' ? quick : TIMING,
  waitMs: 30_000,
  log: { info: () => {}, error: (facts, error) => console.error(facts, error) },
});
await renkei.app.listen({ host: '127.0.0.1', port: Number(PORT) });
renkei.work();
console.log('ready');
giveBackMemory();
