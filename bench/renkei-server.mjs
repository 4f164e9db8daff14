import { enableCompileCache, flushCompileCache } from 'node:module';

/** Renkei as `npm run serve` starts it: with what was compiled before at hand. */
enableCompileCache(process.env.COMPILED);
await import('./renkei-server.ts');
flushCompileCache();
