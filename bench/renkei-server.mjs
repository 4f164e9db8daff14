import { enableCompileCache, flushCompileCache } from 'node:module';

/** Renkei as `npm run serve` starts it: with the compile cache of an earlier start. */
enableCompileCache(process.env.COMPILED);
await import('./renkei-server.ts');
flushCompileCache();
