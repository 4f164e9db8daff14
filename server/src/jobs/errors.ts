import pg from 'pg';
import { ReadOnlyHostError } from '../store/db/hosts.ts';

/**
 * An error sent by a process, with the facts that classify it later (store/db/db.ts) and that a
 * person reads. A process cannot send an error object as it is.
 */
export type SentError = {
  readonly of: 'database' | 'read_only_host' | 'other';
  readonly name: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly code: string | undefined;
  readonly constraint: string | undefined;
};

export function errorToSend(error: unknown): SentError {
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  const isOfDatabase = error instanceof pg.DatabaseError;
  const code = error instanceof Error && 'code' in error ? String(error.code) : undefined;
  return {
    of: isOfDatabase ? 'database' : error instanceof ReadOnlyHostError ? 'read_only_host' : 'other',
    name,
    message,
    stack,
    code,
    constraint: isOfDatabase ? error.constraint : undefined,
  };
}

/** Rebuilds the error, so that its classification is the same as in the process. */
export function errorFrom({ of, name, message, stack, code, constraint }: SentError): Error {
  if (of === 'read_only_host') return new ReadOnlyHostError();
  const error = of === 'database' ? new pg.DatabaseError(message, 0, 'error') : new Error(message);
  const facts = {
    ...(code === undefined ? {} : { code }),
    ...(constraint === undefined ? {} : { constraint }),
    ...(stack === undefined ? {} : { stack }),
  };
  return Object.assign(error, { name, ...facts });
}
