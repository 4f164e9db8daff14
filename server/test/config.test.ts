import { describe, expect, test } from 'vitest';
import { ConfigError, readConfig } from '../src/config.ts';

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
