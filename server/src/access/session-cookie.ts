import { createHmac, timingSafeEqual } from 'node:crypto';
import { cookiePrefix } from './auth-settings.ts';

/** What a cookie of a session depends on. */
export type CookieSettings = { readonly secret: string; readonly publicUrl: string };

/**
 * Returns the token of a request's session; null without the cookie, or if this installation has
 * not signed it. better-auth writes the cookie: the token, a point, and its HMAC-SHA256 in base64.
 */
export function sessionTokenIn(headers: Headers, { secret, publicUrl }: CookieSettings) {
  const cookie = cookieIn(headers, `${cookiePrefix(publicUrl)}.session_token`);
  const [, token, signature] = /^([^.]+)\.([\w+/]{43}=)$/.exec(cookie ?? '') ?? [];
  if (token === undefined || signature === undefined) return null;
  const right = createHmac('sha256', secret).update(token).digest();
  return timingSafeEqual(right, Buffer.from(signature, 'base64')) ? token : null;
}

/**
 * Returns the Set-Cookie line of a cookie of our own. Under https its name ties it to this very host
 * (ASVS 3.3.1, 3.3.3); {@link ownCookieIn} reads it.
 */
export function ownCookie(publicUrl: string, name: string, value: string, maxAgeS: number): string {
  const secure = publicUrl.startsWith('https:') ? '; Secure' : '';
  const rules = `Path=/; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}${secure}`;
  return `${cookiePrefix(publicUrl)}.${name}=${encodeURIComponent(value)}; ${rules}`;
}

/** Returns the value of a cookie that {@link ownCookie} has set, or null. */
export function ownCookieIn(headers: Headers, publicUrl: string, name: string): string | null {
  return cookieIn(headers, `${cookiePrefix(publicUrl)}.${name}`);
}

/** Returns the value of a request's cookie, or null. */
export function cookieIn(headers: Headers, name: string): string | null {
  const pairs = (headers.get('cookie') ?? '').split('; ').map((pair) => pair.split('='));
  const [, ...value] = pairs.find(([key]) => key === name) ?? [];
  if (value.length === 0) return null;
  try {
    return decodeURIComponent(value.join('='));
  } catch {
    return null; // not written by us
  }
}
