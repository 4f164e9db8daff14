import { describe, expect, test } from 'vitest';
import { checkHost, FREGI_BASE_URL } from '../../src/fregi/hosts.ts';

describe('S18: F-REGI’s host is pinned', () => {
  const baseUrl = FREGI_BASE_URL.production;

  test('a contract at F-REGI’s own address is taken', () => {
    checkHost('production', { baseUrl, inquiryUrl: null });
    checkHost('test', { baseUrl: FREGI_BASE_URL.test, inquiryUrl: null });
    const inquiryUrl = 'https://ssl.f-regi.com/inquiry/';
    checkHost('production', { baseUrl, inquiryUrl });
  });

  test.each([
    ['another host', 'http://127.0.0.1:8080/connect/'],
    ['the same host without encryption', 'http://ssl.f-regi.com/connect/'],
    ['the address of the test environment', FREGI_BASE_URL.test],
    ['a name that begins alike', 'https://ssl.f-regi.com.example.jp/connect/'],
  ])('a contract at %s is refused', (_what, elsewhere) => {
    expect(() => checkHost('production', { baseUrl: elsewhere, inquiryUrl: null })).toThrow(
      /is not https/,
    );
  });

  test('ASVS 1.3.6, 13.2.4, 13.2.5: an inquiry goes to F-REGI only', () => {
    const elsewhere = { baseUrl, inquiryUrl: 'https://example.jp/inquiry' };
    expect(() => checkHost('production', elsewhere)).toThrow(/inquiries/);
  });

  test('the sandbox may stand anywhere', () => {
    checkHost('sandbox', { baseUrl: 'http://127.0.0.1:1/connect/', inquiryUrl: null });
  });
});
