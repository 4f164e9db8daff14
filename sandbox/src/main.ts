import { parseArgs } from 'node:util';
import { createSandbox } from './index.ts';

/** The sandbox on its own: `renkei-sandbox --port 4190 --data .renkei/sandbox`. */
const { values } = parseArgs({
  options: {
    port: { type: 'string', default: '4190' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string', default: '.renkei/sandbox' },
    latency: { type: 'string', default: '0' },
  },
});

const sandbox = await createSandbox({
  port: Number(values.port),
  host: values.host,
  directory: values.data,
  latencyMs: Number(values.latency),
  shops: [{ shopId: '00001', name: 'テスト店舗', inquiry: true }],
});
console.log(`F-REGI sandbox: ${sandbox.url}/connecttest/  console: ${sandbox.url}/sandbox/console`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void sandbox.close().then(() => process.exit(0)));
}
