import { DEFAULT_MAX_VERSION, DEFAULT_MIN_VERSION } from 'node:tls';
import { describe, expect, test } from 'vitest';
import { importsOf, read, SOURCES } from './sources.ts';

/** What no source of the product does. Each finding names its file and line. */
const PRODUCT = SOURCES.filter((file) => /^(core|contract|server|web)\/(src|bin)\//.test(file));
const SCREENS = PRODUCT.filter((file) => file.startsWith('web/'));

function linesWith(pattern: RegExp, files: readonly string[] = PRODUCT): string[] {
  return files.flatMap((file) =>
    read(file)
      .split('\n')
      .filter((line) => pattern.test(line) && !/^\s*(\/\/|\*|\/\*)/.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  );
}

function filesWith(pattern: RegExp, files: readonly string[] = PRODUCT): string[] {
  return [...new Set(linesWith(pattern, files).map((line) => line.split(': ')[0] ?? ''))];
}

test('the sources of the product are all looked at', () => {
  expect(PRODUCT.length).toBeGreaterThan(500);
  expect(SCREENS.length).toBeGreaterThan(100);
});

describe('code and commands', () => {
  test('ASVS 1.2.5: only Node, PostgreSQL and our own jobs are started, with fixed arguments and without a shell', () => {
    const starting = PRODUCT.filter((file) => importsOf(file).includes('node:child_process'));
    expect(starting).toEqual([
      'server/bin/renkei.mjs',
      'server/src/embedded/postgres.ts',
      'server/src/jobs/job-process.ts',
    ]);
    expect(linesWith(/\b(exec|execSync|execFile)\(|shell: true/, starting)).toEqual([]);
  });

  test('ASVS 1.3.2: nothing is evaluated as code', () => {
    const found = linesWith(/\beval\(|new Function\(|runIn\w*Context\(|setTimeout\(['"`]/);
    expect(found.filter((line) => !line.includes("runInNewContext('gc')"))).toEqual([]);
  });

  test('ASVS 1.2.9: a regular expression is built of our own constants only', () => {
    const built = linesWith(/new RegExp\(|\bRegExp\(/);
    const constants = /^\S+: const [A-Z_]+ = new RegExp\(/;
    expect(built.filter((line) => !constants.test(line))).toEqual([]);
  });

  test('ASVS 1.3.10: no format string is filled in', () => {
    expect(
      linesWith(/util\.format|\bformatWithOptions\b|printf\(|console\.\w+\([^'"`)]*%[sdifjoOc]/),
    ).toEqual([]);
  });
});

describe('the screens', () => {
  test('ASVS 3.2.2: no text is written as HTML', () => {
    const writes =
      /innerHTML|outerHTML|dangerouslySetInnerHTML|insertAdjacentHTML|document\.write|srcdoc|DOMParser/i;
    expect(linesWith(writes, SCREENS)).toEqual([]);
  });

  test('ASVS 6.2.6, 6.2.7: each password is typed into the one masked field, which lets paste and managers in', () => {
    const field = 'web/src/screens/sign-in/password-field.tsx';
    expect(filesWith(/PasswordInput|type="password"/, SCREENS)).toEqual([field]);
    expect(read(field)).toContain("autoComplete: 'current-password' | 'new-password'");
    expect(
      linesWith(
        /onPaste|onBeforeInput/,
        SCREENS.filter((file) => /\/(sign-in|account)\//.test(file)),
      ),
    ).toEqual([]);
    expect(filesWith(/<PasswordField/, SCREENS).length).toBeGreaterThanOrEqual(4);
  });

  test('ASVS 14.3.3: the browser keeps three choices of the person, and no data', () => {
    expect(filesWith(/localStorage\.setItem/, SCREENS).toSorted()).toEqual([
      'web/src/app/session.tsx',
      'web/src/locale/index.ts',
      'web/src/ui/browser/keyboard.ts',
    ]);
    expect(linesWith(/sessionStorage|indexedDB|document\.cookie|caches\.open/, SCREENS)).toEqual(
      [],
    );
  });

  test('ASVS 14.2.3: no screen loads anything from another host', () => {
    const hosts = /(src|href|fetch\(|import\()\s*=?\s*['"`{]*https?:\/\//;
    expect(linesWith(hosts, [...SCREENS, 'web/index.html'])).toEqual([]);
  });
});

describe('cryptography', () => {
  test('ASVS 11.4.1, 11.4.3: every hash is SHA-256, but for the codes of authenticator apps', () => {
    const hashes = linesWith(/createHash\(|createHmac\(/);
    expect(hashes.length).toBeGreaterThan(15);
    const others = hashes.filter((line) => !/create(Hash|Hmac)\('sha256'/.test(line));
    expect(others).toEqual([
      "server/src/access/totp.ts: const digest = createHmac('sha1', secret).update(counter).digest();",
    ]);
  });

  test('ASVS 11.5.1: no dice but those of the operating system', () => {
    expect(linesWith(/Math\.random\(/)).toEqual([]);
    const random = linesWith(/randomBytes\(/);
    expect(random.length).toBeGreaterThan(3);
    // 15 bytes are 120 bits: a password that a person has to type.
    const short = random.filter((line) => Number(/randomBytes\((\d+)\)/.exec(line)?.[1]) < 16);
    expect(short.filter((line) => !line.includes('const password = randomBytes(15)'))).toEqual([]);
  });

  test('ASVS 11.2.1, 11.3.1, 11.3.2: no cipher is of our own making, or chosen by us', () => {
    const chosen = linesWith(/create(De|C)ipher|subtle\.(en|de)crypt|createSign|createECDH/);
    const files = new Set(chosen.map((line) => line.split(':')[0]));
    expect([...files]).toEqual(['server/src/admin/backup-lock.ts']);
    const ciphers = chosen.flatMap((line) => /cipheriv\('([^']+)'/i.exec(line)?.[1] ?? []);
    expect([...new Set(ciphers)]).toEqual(['aes-256-gcm']);
    const packages = new Set(PRODUCT.flatMap((file) => importsOf(file)));
    const strange = [...packages].filter((name) => /crypt|cipher|hash|jwt|jose|forge/i.test(name));
    expect(
      strange.filter((name) => !/^(server|core|contract|web)\//.test(name)).toSorted(),
    ).toEqual(['better-auth/crypto', 'node:crypto']);
  });

  test('ASVS 12.1.1, 12.1.2, 12.3.2: TLS is that of Node, from 1.2 on, and nothing weakens it', () => {
    expect([DEFAULT_MIN_VERSION, DEFAULT_MAX_VERSION]).toEqual(['TLSv1.2', 'TLSv1.3']);
    const weaker =
      /rejectUnauthorized: *false|minVersion|maxVersion|ciphers:|NODE_TLS_REJECT|checkServerIdentity|--tls-min/;
    expect(linesWith(weaker)).toEqual([]);
  });
});

describe('logs and types', () => {
  test('ASVS 16.2.3, 16.2.4: one file makes the logger, of JSON lines; no other code of the server prints', () => {
    expect(filesWith(/\bpino\(/)).toEqual(['server/src/main.ts']);
    const printing = filesWith(
      /console\.(log|info|warn|error|debug|trace)\(|process\.std(out|err)\.write/,
      PRODUCT.filter((file) => file.startsWith('server/src/')),
    );
    expect(printing.filter((file) => !/^server\/src\/(admin|main)/.test(file))).toEqual([]);
  });

  test('ASVS 15.3.5: the compiler is strict, and comparisons are', () => {
    expect(JSON.parse(read('tsconfig.json')).compilerOptions.strict).toBe(true);
    expect(
      linesWith(/[^=!<>]==[^=]|!=[^=]/).filter((line) => / (==|!=) (?!null\b)/.test(line)),
    ).toEqual([]);
  });
});
