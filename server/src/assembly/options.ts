import type { Timing } from '@renkei/core/turns/timing.ts';
import type { measureRoom } from '../disks.ts';
import type { Backoffice } from '../http/backoffice.ts';
import type { Pools } from '../store/db/pools.ts';

/** What a running Renkei is made of, given by main.ts, the demo and the tests. */
export type RenkeiOptions = {
  readonly databaseUrl: string;
  readonly publicUrl: string;
  readonly authSecret: string;
  readonly smtpUrl: string | null;
  readonly mailFrom: string;
  /** After this time a mail does not go out by itself; left out: a day. */
  readonly mailAgeMaxMs?: number;
  readonly production: boolean;
  /** The file outside of the database to which the audit's seals are written; null: none. */
  readonly sealFile: string | null;
  /** Where the database keeps its files, if that is on this machine: its room is measured. */
  readonly databaseDirectory?: string;
  /** Those of the other servers on the same database. */
  readonly otherSealFiles?: readonly string[];
  readonly links?: Backoffice['links'];
  readonly log: Log;
  /** Connections to the database; what is left out is as `POOLS` has it. */
  readonly pools?: Partial<Pools>;
  /** Bulk runs that this process carries out at a time; left out: as many as bulk.ts has it. */
  readonly runsMax?: number;
  /** Waits and deadlines; tests make them short. */
  readonly timing?: Timing;
  /** How room on disks is measured; tests have disks that are as full as they like. */
  readonly measureRoom?: typeof measureRoom;
  readonly waitMs?: number;
  /** The hour in Japan from which the daily digest goes out; null sends none. */
  readonly digestHour?: number | null;
  /** How often deliveries are looked for, in milliseconds. */
  readonly deliverEveryMs?: number;
  /** The most memory, in MiB, of a thread that reads files or makes reports. */
  readonly threadMemoryMb?: number;
  /** Addresses and networks of proxies whose X-Forwarded-For is believed; none when left out. */
  readonly trustedProxies?: readonly string[];
};

/** Where lines about what happens go: never with a secret or a card in them. */
export type Log = {
  readonly info: (facts: Readonly<Record<string, unknown>>) => void;
  readonly error: (facts: Readonly<Record<string, unknown>>, error: unknown) => void;
};
