/**
 * The most connections of one server process, for each pool, so that no work takes those of
 * another. PostgreSQL's max_connections must cover the sum over all processes.
 */
export type Pools = {
  /** For HTTP requests of people and programs, health checks included. */
  readonly people: number;
  /** For background work: bulk runs, due operations, seals, mails, comparisons. */
  readonly background: number;
  /** For sessions and sign-ins. */
  readonly sessions: number;
};

export const POOLS: Pools = { people: 12, background: 8, sessions: 4 };
