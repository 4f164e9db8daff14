#!/usr/bin/env node
import { enableCompileCache, flushCompileCache } from 'node:module';
import { join } from 'node:path';

/**
 * The server's beginning. What was compiled is kept in the data directory, so that the next start
 * needs neither the time nor the memory to strip the types again.
 */
if (!process.features.typescript) {
  console.error(`Renkei wants Node 24; this is ${process.version}. Start it with: npm run serve`);
  process.exit(1);
}
enableCompileCache(join(process.env.RENKEI_DATA || '.renkei', 'compiled'));
await import('../src/main.ts');
flushCompileCache();
