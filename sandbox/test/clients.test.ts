import { execFile, spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { start } from './support.ts';

/**
 * Clients as others write them, in other languages and charsets: a whole day, every card CGI, a
 * payment page, a slip. They know F-REGI, and only the address is the sandbox's.
 */
const DAY = `authm 6 20 VISA
authchange 20 6 True
sale of the old S1-1-123 売上処理時の指定された取引は承認取消済みです
sale True
sale again S1-1-122 売上処理時の指定された取引は売上受付済みです
salecancel True
salecancel again S2-1-124 売上取消時の指定された取引は売上取消済みです
customer 1111 12 69
salem 6 20
leave []
authcancel []
declined JCN-G44 セキュリティコードが正しくありません
payment page True
info ['DAY-R', '3']
issue again CSA1-1-12 リダイレクト決済（SaaS型）発行処理時の伝票番号が重複しています
convorder 13 20 True
`;

const CLIENTS = [
  ['python3', 'day.py'],
  ['perl', 'day.pl'],
] as const;

for (const [interpreter, file] of CLIENTS) {
  const isHere = spawnSync(interpreter, ['--version']).status === 0;
  test.runIf(isHere)(`a client in ${interpreter} works through a whole day`, async () => {
    const sandbox = await start();
    const path = fileURLToPath(new URL(`clients/${file}`, import.meta.url));
    const said = await new Promise<string>((resolve, reject) => {
      const env = { ...process.env, PYTHONIOENCODING: 'utf-8' };
      execFile(interpreter, [path, sandbox.url], { env }, (error, stdout, stderr) =>
        error === null ? resolve(stdout) : reject(new Error(`${stderr}\n${stdout}`)),
      );
    });
    expect(said).toBe(DAY);
    const states = sandbox.gateway.ledger.list().map(({ state }) => state);
    expect(states.filter((state) => state === 'authorized')).toEqual([]);
  });
}
