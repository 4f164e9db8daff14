import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FregiGateway } from '../gateway.ts';

/** Who is signed in to the console. A shop with a password has to be; a restart signs out. */
const COOKIE = 'sandbox_console';
const SESSIONS_MAX = 1_000;

/** The shop by the cookie's key, for each sandbox of this process. */
const sessions = new WeakMap<FregiGateway, Map<string, string>>();

/** Whether anybody has to sign in at all: once a shop has a password, everybody. */
export function needsSignIn(gateway: FregiGateway): boolean {
  return gateway.listShops().some(({ consolePassword }) => consolePassword !== undefined);
}

/** The shop that a cookie signs in; null for nobody. */
export function shopOf(gateway: FregiGateway, cookie: string | undefined): string | null {
  return sessions.get(gateway)?.get(keyOf(cookie)) ?? null;
}

/** Signs a shop in; the cookie to be set, or null for a wrong password. */
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

/** Signs out; the cookie to be set. */
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
