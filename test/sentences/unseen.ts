/** Rows whose sentence the walk does not meet, each with the test that does. */
export const UNSEEN: Readonly<Record<string, string>> = {};
