import { randomBytes, timingSafeEqual } from 'node:crypto';
import type { FregiGateway } from '../gateway.ts';

/** Who is signed in to the console. A shop with a password has to be; a restart signs out. */
const COOKIE = 'sandbox_console';
const SESSIONS_MAX = 1_000;

const sessions = new Map<string, string>();

/** Whether anybody has to sign in at all: once a shop has a password, everybody. */
export function needsSignIn(gateway: FregiGateway): boolean {
  return gateway.listShops().some(({ consolePassword }) => consolePassword !== undefined);
}

/** The shop that a cookie signs in; null for nobody. */
export function shopOf(cookie: string | undefined): string | null {
  const key = new RegExp(`(?:^|; )${COOKIE}=([0-9a-f]{32})`).exec(cookie ?? '')?.[1];
  return sessions.get(key ?? '') ?? null;
}

/** Signs a shop in; the cookie to be set, or null for a wrong password. */
export function signIn(gateway: FregiGateway, shopId: string, password: string): string | null {
  const shop = gateway.shop(shopId);
  if (shop === null || !isSame(shop.consolePassword ?? '', password)) return null;
  const key = randomBytes(16).toString('hex');
  sessions.set(key, shopId);
  const [oldest] = sessions.keys();
  if (sessions.size > SESSIONS_MAX && oldest !== undefined) sessions.delete(oldest);
  return `${COOKIE}=${key}; Path=/sandbox/console; HttpOnly; SameSite=Strict`;
}

/** Signs out; the cookie to be set. */
export function signOut(cookie: string | undefined): string {
  const key = new RegExp(`(?:^|; )${COOKIE}=([0-9a-f]{32})`).exec(cookie ?? '')?.[1];
  if (key !== undefined) sessions.delete(key);
  return `${COOKIE}=; Path=/sandbox/console; HttpOnly; SameSite=Strict; Max-Age=0`;
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
}
