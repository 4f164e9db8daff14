import { scrubText } from './fregi/scrub.ts';

/**
 * The parts of an error that its maker wrote, not a customer. PostgreSQL quotes data in `detail` and
 * `where` (“Failing row contains (…)”), so only its code and the names of things go to the log.
 */
const FACTS = ['code', 'severity', 'schema', 'table', 'column', 'constraint', 'routine'] as const;

/** An error as the log keeps it. */
export type LoggedError = {
  readonly type: string;
  readonly message: string;
  readonly stack: string | undefined;
  readonly cause?: LoggedError;
} & Readonly<Partial<Record<(typeof FACTS)[number], unknown>>>;

/** The deepest chain of causes in the log. */
const CAUSES_MAX = 5;

/** Returns the facts of an error that the log may keep: no data of customers, no card number. */
export function errorForLog(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) {
    return { type: typeof error, message: scrubText(String(error)), stack: undefined };
  }
  const given = error as Error & Readonly<Record<string, unknown>>;
  const facts = FACTS.filter((name) => given[name] !== undefined).map((name) => [
    name,
    given[name],
  ]);
  const logged = {
    type: error.name,
    message: scrubText(error.message),
    stack: error.stack === undefined ? undefined : scrubText(error.stack),
  };
  const cause =
    error.cause === undefined || depth >= CAUSES_MAX
      ? {}
      : { cause: errorForLog(error.cause, depth + 1) };
  return Object.assign(logged, cause, Object.fromEntries(facts));
}
