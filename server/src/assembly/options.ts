import type { Timing } from '@renkei/core/turns/timing.ts';
import type { Directory } from '../access/directory.ts';
import type { AuditStream } from '../config.ts';
import type { measureRoom } from '../disks.ts';
import type { Backoffice } from '../http/backoffice.ts';
import type { Pools } from '../store/db/pools.ts';

/** The parts of a running Renkei that main.ts, the demo and the tests supply. */
export type RenkeiOptions = {
  readonly databaseUrl: string;
  readonly publicUrl: string;
  readonly authSecret: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** A mail that waits longer, in milliseconds, does not go out by itself; a day if absent. */
  readonly mailAgeMaxMs?: number;
  readonly production: boolean;
  /** The secret of whoever reads /metrics; without it nobody may in production. */
  readonly metricsToken?: string | null;
  /** Where a weakness is reported, as a mailto: or https: address. */
  readonly securityContact?: string | null;
  /** The company directory in which people may sign in; none if absent. */
  readonly directory?: Directory | null;
  /** The collector of the audit log; none if absent. */
  readonly auditStream?: AuditStream | null;
  /** The file of the audit's seals, outside of the database; null: none. */
  readonly sealFile: string | null;
  /** The directory of the database's files, if on this machine; the server measures its room. */
  readonly databaseDirectory?: string;
  /** The seal files of the other servers on the same database. */
  readonly otherSealFiles?: readonly string[];
  readonly links?: Backoffice['links'];
  readonly log: Log;
  /** The most connections to the database; absent ones as in `POOLS`. */
  readonly pools?: Partial<Pools>;
  /** The most bulk runs of this process at a time; absent: as in bulk.ts. */
  readonly runsMax?: number;
  /** Waits and deadlines; tests make them short. */
  readonly timing?: Timing;
  /** Measures the room on disks; tests supply disks as full as they need. */
  readonly measureRoom?: typeof measureRoom;
  readonly waitMs?: number;
  /** The hour in Japan from which the daily digest goes out; null sends none. */
  readonly digestHour?: number | null;
  /** The pause between two looks for deliveries, in milliseconds. */
  readonly deliverEveryMs?: number;
  /** See {@link Config.batchesWithinShop}. */
  readonly batchesWithinShop?: boolean;
  /** The most memory, in MiB, of a process that reads files or makes reports. */
  readonly jobMemoryMb?: number;
  /**
   * Addresses and networks of proxies whose X-Forwarded-For the server believes; none if absent.
   */
  readonly trustedProxies?: readonly string[];
};

/** The sink of log lines; no line contains a secret or a card number. */
export type Log = {
  readonly info: (facts: Readonly<Record<string, unknown>>) => void;
  readonly error: (facts: Readonly<Record<string, unknown>>, error: unknown) => void;
};
