/** What is about to leave us, as it is written down: a step of an operation, or a try of a mail. */
export type Asked = {
  readonly shopId: string;
  readonly what: 'step' | 'mail';
  /** Of the operation, or of the mail. */
  readonly id: string;
  /** Which of its steps, or of its tries. */
  readonly n: number;
};

/**
 * The port to the marks outside of the database. What leaves is noted there first, so that a
 * database which does not know of it is known to be older than it was: what it takes for still to
 * be done may have been done.
 */
export type Marks = {
  /** Notes what is committed and about to leave. Throws where it cannot; then it must not leave. */
  note(asked: Asked): void;
};

/** Where there is no place outside of the database. */
export const NO_MARKS: Marks = { note: () => {} };

/** The last seal of a shop that was written outside of the database. */
export type Mark = {
  readonly shopId: string;
  /** 0 and null: the shop has no seal. */
  readonly n: number;
  readonly hash: string | null;
  /** UTC, milliseconds since 1970. */
  readonly at: number;
  /** True where a person has accepted a database that was older: the count goes back to `n`. */
  readonly restored?: boolean | undefined;
};

/** An ask as the file of marks has it; `at` by the clock of this machine. */
export type AskMark = Asked & { readonly at: number };
