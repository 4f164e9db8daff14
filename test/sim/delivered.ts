/** Mails: who sends them, the world's mail with all that can happen to it, and what must hold. */

/** What was really delivered: the oracle of the mails. How often each was, by its id. */
export type Delivered = Map<number, number>;
