/** A send about to leave Renkei, as recorded: a step of an operation, a try of a mail, or a
 * call of 発行取消. */
export type Asked = {
  readonly shopId: string;
  readonly what: 'step' | 'mail' | 'revocation';
  /** The id of the operation or the mail; the 発行番号 of a payment to revoke. */
  readonly id: string;
  /** The number of its step, its try, or its call. */
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
