import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FregiGateway } from '../gateway.ts';

/** The sign-ins to the console. A shop with a password must sign in; a restart signs out. */
const COOKIE = 'sandbox_console';
const SESSIONS_MAX = 1_000;

/** The shop by the cookie's key, for each sandbox of this process. */
const sessions = new WeakMap<FregiGateway, Map<string, string>>();

/** Returns true if people must sign in: everybody must once a shop has a password. */
export function needsSignIn(gateway: FregiGateway): boolean {
  return gateway.listShops().some(({ consolePassword }) => consolePassword !== undefined);
}

/** Returns the shop that a cookie signs in; null for nobody. */
export function shopOf(gateway: FregiGateway, cookie: string | undefined): string | null {
  return sessions.get(gateway)?.get(keyOf(cookie)) ?? null;
}

/** Signs a shop in; returns the cookie to set, or null for a wrong password. */
export function signIn(gateway: FregiGateway, shopId: string, password: string): string | null {
  const shop = gateway.shop(shopId);
  if (shop === null || !isSame(shop.consolePassword ?? '', password)) return null;
  const key = randomBytes(16).toString('hex');
  const known = sessions.get(gateway) ?? new Map<string, string>();
  sessions.set(gateway, known.set(key, shopId));
  const [oldest] = known.keys();
  if (known.size > SESSIONS_MAX && oldest !== undefined) known.delete(oldest);
  return `${COOKIE}=${key}; Path=/sandbox/console; HttpOnly; SameSite=Strict`;
}

/** Signs out; returns the cookie to set. */
export function signOut(gateway: FregiGateway, cookie: string | undefined): string {
  sessions.get(gateway)?.delete(keyOf(cookie));
  return `${COOKIE}=; Path=/sandbox/console; HttpOnly; SameSite=Strict; Max-Age=0`;
}

function keyOf(cookie: string | undefined): string {
  return new RegExp(`(?:^|; )${COOKIE}=([0-9a-f]{32})`).exec(cookie ?? '')?.[1] ?? '';
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
