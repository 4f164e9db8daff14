/** What was asked for makes no sense, or cannot be done; the message says what would help. */
export class UsageError extends Error {}
