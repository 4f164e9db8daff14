import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openDirectory } from '../../test/kit/directories.ts';
import { ConfigError, readConfig } from '../src/config.ts';
import { authSecretOf } from '../src/secrets.ts';

const PRODUCTION = { NODE_ENV: 'production', PUBLIC_URL: 'https://renkei.example.jp' };

describe('S3: TRUSTED_PROXIES', () => {
  test('without the setting there are no trusted proxies', () => {
    expect(readConfig({}).trustedProxies).toEqual([]);
  });

  test('production requires a decision: proxies by name, or none', () => {
    expect(() => readConfig(PRODUCTION)).toThrow(/TRUSTED_PROXIES must name the proxies/);
    expect(readConfig({ ...PRODUCTION, TRUSTED_PROXIES: 'none' }).trustedProxies).toEqual([]);
    const named = '127.0.0.1, 10.1.0.0/16,::1,fd00::/8';
    expect(readConfig({ ...PRODUCTION, TRUSTED_PROXIES: named }).trustedProxies).toEqual([
      '127.0.0.1',
      '10.1.0.0/16',
      '::1',
      'fd00::/8',
    ]);
  });

  test.each([
    'proxy.example.jp',
    '10.0.0.0/33',
    '0.0.0.0/0',
    '10.0.0.1/8/8',
    '10.0.0.1,',
    'none,10.0.0.1',
    'true',
    '*',
  ])('trusted proxies are addresses and networks, and not %s', (text) => {
    expect(() => readConfig({ TRUSTED_PROXIES: text })).toThrow(ConfigError);
  });
});

describe('S15: channels beyond this machine', () => {
  const at = (database: string) => ({
    ...PRODUCTION,
    TRUSTED_PROXIES: 'none',
    DATABASE_URL: database,
  });

  test.each([
    'postgres://renkei:secret@db.example.jp/renkei',
    'postgres://renkei:secret@db.example.jp/renkei?sslmode=require',
    'postgres://renkei:secret@10.0.0.7/renkei?sslmode=disable',
    'postgres://a.example.jp,b.example.jp/renkei',
  ])(
    'ASVS 12.3.1, 12.3.4: production refuses a database on another machine without its checked certificate: %s',
    (url) => {
      expect(() => readConfig(at(url))).toThrow(/sslmode=verify-full/);
    },
  );

  test.each([
    'postgres://renkei:secret@db.example.jp/renkei?sslmode=verify-full',
    'postgres://renkei@127.0.0.1/renkei',
    'postgres://renkei@localhost:5433/renkei',
    'postgres://renkei@[::1]/renkei',
    'postgres:///renkei?host=/var/run/postgresql',
  ])('production takes %s', (url) => {
    expect(readConfig(at(url)).databaseUrl).toBe(url);
  });

  test.each([
    'smtp://mail.example.jp?tls.rejectUnauthorized=false',
    'smtp://mail.example.jp?ignoreTLS=true',
  ])('ASVS 12.3.2: no setting switches off the check of a mail server: %s', (SMTP_URL) => {
    expect(() => readConfig({ SMTP_URL, MAIL_FROM: 'shop@example.jp' })).toThrow(/certificate/);
  });
});

describe('the stream of the audit log', () => {
  const AWAY = { AUDIT_STREAM_URL: 'http://siem.example.jp:4318/v1/logs' };

  test('without the setting the log goes nowhere; with it, it goes there with the token', () => {
    expect(readConfig({}).auditStream).toBeNull();
    expect(readConfig({ ...AWAY, AUDIT_STREAM_TOKEN: 'secret' }).auditStream).toEqual({
      url: AWAY.AUDIT_STREAM_URL,
      token: 'secret',
    });
  });

  test('a token without an address, no address of HTTP, and production in clear are refused', () => {
    const production = { ...PRODUCTION, TRUSTED_PROXIES: 'none' };
    for (const wrong of [
      { AUDIT_STREAM_TOKEN: 'secret' },
      { AUDIT_STREAM_URL: 'syslog://siem.example.jp' },
      { ...production, ...AWAY },
    ]) {
      expect(() => readConfig(wrong)).toThrow(/AUDIT_STREAM/);
    }
    const here = { ...production, AUDIT_STREAM_URL: 'http://127.0.0.1:4318/v1/logs' };
    expect(readConfig(here).auditStream?.url).toBe(here.AUDIT_STREAM_URL);
  });
});

describe('addresses and secrets', () => {
  test.each([
    ['PUBLIC_URL', 'javascript:alert(1)'],
    ['SECURITY_CONTACT', 'data:text/html,x'],
    ['DATABASE_URL', 'file:///etc/passwd'],
    ['SMTP_URL', 'http://169.254.169.254/'],
  ])('ASVS 1.2.2, 1.3.6: %s has a protocol of its kind, and not %s', (name, url) => {
    expect(() => readConfig({ [name]: url, MAIL_FROM: 'shop@example.jp' })).toThrow(
      new RegExp(`${name} must be a URL that begins with`),
    );
  });

  test('ASVS 12.2.1: production has an https address', () => {
    const PUBLIC_URL = 'http://renkei.example.jp';
    expect(() => readConfig({ ...PRODUCTION, TRUSTED_PROXIES: 'none', PUBLIC_URL })).toThrow(
      /PUBLIC_URL must be the https/,
    );
  });

  test.each(['AUTH_SECRET', 'METRICS_TOKEN'])(
    'ASVS 11.2.3: %s has 32 characters or more',
    (name) => {
      expect(() => readConfig({ [name]: 'x'.repeat(31) })).toThrow(/32 characters or more/);
      expect(readConfig({ [name]: 'x'.repeat(32) })).toBeDefined();
    },
  );

  test('ASVS 11.5.1, 13.3.2: a secret that Renkei makes has 256 bits, and only its user reads it', async () => {
    const dataDirectory = join(await openDirectory('secret'), 'data');
    const config = readConfig({ RENKEI_DATA: dataDirectory });
    const secret = await authSecretOf(config);
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(await authSecretOf(config)).toBe(secret);
    expect((await stat(dataDirectory)).mode & 0o777).toBe(0o700);
    expect((await stat(join(dataDirectory, 'auth-secret'))).mode & 0o777).toBe(0o600);
  });
});

describe('OIDC: the company directory', () => {
  const OIDC = {
    OIDC_ISSUER: 'https://login.example.jp',
    OIDC_CLIENT_ID: 'renkei',
    OIDC_CLIENT_SECRET: 'secret',
    OIDC_NAME: '花道カンパニー',
  };

  test('is off by default, and needs all four settings', () => {
    expect(readConfig({}).directory).toBe(null);
    expect(readConfig(OIDC).directory).toEqual({
      issuer: OIDC.OIDC_ISSUER,
      clientId: 'renkei',
      clientSecret: 'secret',
      name: OIDC.OIDC_NAME,
    });
    for (const name of Object.keys(OIDC)) {
      expect(() => readConfig({ ...OIDC, [name]: '' }), name).toThrow(/go together/);
    }
  });

  test('production takes no directory in clear', () => {
    const production = { ...PRODUCTION, TRUSTED_PROXIES: 'none', ...OIDC };
    expect(readConfig(production).directory).not.toBe(null);
    const clear = { ...production, OIDC_ISSUER: 'http://login.example.jp' };
    expect(() => readConfig(clear)).toThrow(/OIDC_ISSUER must be an https/);
  });
});
