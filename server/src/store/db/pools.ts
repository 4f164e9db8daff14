/**
 * Connections that one server process keeps, at most: of each pool, so that no work can take those
 * of another. PostgreSQL's max_connections holds for their sum over all processes.
 */
export type Pools = {
  /** For what people and programs ask for over HTTP, health included. */
  readonly people: number;
  /** For all that goes on in the background: bulk runs, what is due, seals, mails, comparisons. */
  readonly background: number;
  /** For sessions and sign-ins. */
  readonly sessions: number;
};

export const POOLS: Pools = { people: 12, background: 8, sessions: 4 };
