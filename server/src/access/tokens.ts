import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/** Makes a secret of 256 bits for a link that works once, and the hash to store. */
export function newToken(): { readonly token: string; readonly hash: Buffer } {
  const token = randomBytes(32).toString('base64url');
  return { token, hash: hashToken(token) };
}

/** Compares two secrets in the same time, wherever they differ. */
export function isSameSecret(one: string, other: string): boolean {
  return timingSafeEqual(hashToken(one), hashToken(other));
}

export function hashToken(token: string): Buffer {
  return createHash('sha256').update(token).digest();
}
