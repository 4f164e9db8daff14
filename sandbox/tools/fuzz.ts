import { randomInt } from 'node:crypto';
import { fuzz } from './fuzz/fuzz.ts';

/**
 * `node sandbox/tools/fuzz.ts [requests] [seed]`: sends 200,000 odd requests by default. Fails if
 * the sandbox crashes, answers outside of the grammar, or tells something that its ledger does not
 * have.
 */
const requests = Number(process.argv[2] ?? 200_000);
const seed = Number(process.argv[3] ?? randomInt(1_000_000));

const began = performance.now();
const { told, findings } = await fuzz(requests, seed);
const seconds = ((performance.now() - began) / 1_000).toFixed(1);
console.log(`${requests} requests, seed ${seed}, ${seconds} s: ${JSON.stringify(told)}`);
for (const finding of findings) console.error(finding);
console.log(`${findings.length} findings`);
process.exitCode = findings.length === 0 ? 0 : 1;
