/** A send about to leave Renkei, as recorded: a step of an operation, or a try of a mail. */
export type Asked = {
  readonly shopId: string;
  readonly what: 'step' | 'mail';
  /** The id of the operation or the mail. */
  readonly id: string;
  /** The number of its step or its try. */
  readonly n: number;
};

/**
 * The port to the marks outside of the database. Renkei notes each send there first. A database
 * that does not know a mark is older than it was, and may believe work to be open that is done.
 */
export type Marks = {
  /**
   * Notes a committed send that is about to leave. Throws if it cannot; then the send must not
   * leave.
   */
  note(asked: Asked): void;
};

/** For servers without a place outside of the database. */
export const NO_MARKS: Marks = { note: () => {} };

/** The last seal of a shop that was written outside of the database. */
export type Mark = {
  readonly shopId: string;
  /** 0 with a null hash: the shop has no seal. */
  readonly n: number;
  readonly hash: string | null;
  /** A UTC instant, in milliseconds since 1970. */
  readonly at: number;
  /** True if a person accepted an older database: the count goes back to `n`. */
  readonly restored?: boolean | undefined;
};

/** An ask as the file of marks records it; `at` by this machine's clock. */
export type AskMark = Asked & { readonly at: number };
