export type Person = { readonly id: string; readonly name: string };

/** The person who found it and, where one is not enough, the second person who found the same. */
export type Witnesses = {
  readonly by: Person;
  readonly confirmedBy: Person | null;
  /** S6: of a file of the console, its SHA-256. */
  readonly fileHash?: string;
};
