import { userInfo } from 'node:os';
import type { Actor } from '@renkei/core/turns/operation.ts';

/** What was asked for makes no sense, or cannot be done; the message says what would help. */
export class UsageError extends Error {}

/** The options of a command, as they were typed. */
export type Given = { readonly [name: string]: string | boolean | undefined };

/** An option's text; undefined where it was not given. Throws a UsageError where it is empty. */
export function textOf(given: Given, name: string): string | undefined {
  const value = given[name];
  if (value === undefined) return undefined;
  const text = String(value).trim();
  if (text === '') throw new UsageError(`--${name} is empty`);
  return text;
}

/** Whoever runs a command, as it stands in the logs: --by, or who is signed in on this machine. */
export function adminActor(given: Given): Actor {
  const name = textOf(given, 'by') ?? userInfo().username;
  return { kind: 'system', id: 'admin', name: `${name}（npm run admin）` };
}
