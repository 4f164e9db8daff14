import type { FregiContract } from './line.ts';

/** F-REGI's addresses: its test environment and the real one (protocol §1). */
export const FREGI_BASE_URL = {
  test: 'https://ssl.f-regi.com/connecttest/',
  production: 'https://ssl.f-regi.com/connect/',
} as const;

/**
 * Throws if a shop's contract leads elsewhere than to F-REGI. Whoever can write to the database must
 * not lead calls with tokens and amounts to another host. The sandbox may stand anywhere: it moves no
 * money, and production refuses it.
 */
export function checkHost(
  environment: keyof typeof FREGI_BASE_URL | 'sandbox',
  { baseUrl, inquiryUrl }: Pick<FregiContract, 'baseUrl' | 'inquiryUrl'>,
): void {
  if (environment === 'sandbox') return;
  const known = FREGI_BASE_URL[environment];
  if (baseUrl !== known) throw new Error(`the address of the shop’s contract is not ${known}`);
  const { origin } = new URL(known);
  if (inquiryUrl !== null && new URL(inquiryUrl).origin !== origin) {
    throw new Error(`the address of inquiries is not at ${origin}`);
  }
}
