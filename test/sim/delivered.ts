/** The world's mail: who sends mails, every fault that can befall them, and the invariants. */

/** The oracle of the mails: how often each mail was really delivered, by its id. */
export type Delivered = Map<number, number>;
