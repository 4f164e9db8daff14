import type { Instant } from '@renkei/core/domain/values/jst.ts';
import type { Origin } from '@renkei/core/turns/operation.ts';
import type { Auth } from '../access/auth.ts';
import type { Membership } from '../access/members.ts';
import type { ErasureList } from '../audit/erasure-list.ts';
import type { Room } from '../disks.ts';
import type { CustomerInquiry } from '../fregi/customers.ts';
import type { JobProcesses } from '../jobs/job-processes.ts';
import type { Db } from '../store/db/db.ts';
import type { Attendant } from '../workers/attendant.ts';
import type { ReadLog } from '../workers/audit/read-log.ts';
import type { Verifier } from '../workers/audit/verifier.ts';
import type { Bulk } from '../workers/bulk.ts';
import type { Lookout } from '../workers/lookout.ts';
import type { Office } from '../workers/office.ts';
import type { FileSeats } from './file-seats.ts';
import type { Metrics } from './metrics.ts';
import type { ReadTurns } from './read-turns.ts';
import type { StreamSeats } from './stream-seats.ts';

/** The needs of the API, assembled in one place (assemble.ts) and by tests. */
export type Backoffice = {
  readonly db: Db;
  readonly office: Office;
  readonly bulk: Bulk;
  /** Looks at F-REGI; keeps 要対応 true. */
  readonly lookout: Pick<Lookout, 'look' | 'beginSweep'>;
  readonly attendant: Attendant;
  /** Asks whether F-REGI keeps a card under a 顧客番号 (B1). */
  readonly findCustomer: CustomerInquiry;
  readonly auth: Auth;
  readonly metrics: Metrics;
  /** Where a weakness is reported; null: nothing is published. */
  readonly securityContact: string | null;
  readonly metricsFor: 'everybody' | 'nobody' | { readonly token: string };
  /** Keeps in mind who has seen whose records. */
  readonly readLog: ReadLog;
  /** Verifies the audit trail in the background. */
  readonly verifier: Verifier;
  /** The list of erased customers outside of the database; null: none is kept. */
  readonly erasureList: ErasureList | null;
  /** Processes that read files, and the seats of senders. */
  readonly files: JobProcesses;
  readonly fileSeats: FileSeats;
  /** The turns of reads. */
  readonly readTurns: ReadTurns;
  /** The seats of listeners to the progress of runs. */
  readonly streamSeats: StreamSeats;
  /** Processes that make reports of a month or a year. */
  readonly reports: JobProcesses;
  readonly membershipsOf: (userId: string) => Promise<readonly Membership[]>;
  /** Mails a link to set a forgotten password; null if no mail server is set. */
  readonly mailReset: ((email: string, from: Origin) => void) | null;
  /** The database's time. */
  readonly now: () => Instant;
  readonly publicUrl: string;
  /**
   * Whether a mail server is set, and the age in milliseconds after which a mail does not go out by
   * itself.
   */
  readonly mail: { readonly leaves: boolean; readonly ageMaxMs: number };
  /** Measures the disks on this machine that must not run full. */
  readonly measureRoom: () => Promise<readonly Room[]>;
  readonly links: { readonly sandboxConsole: string | null; readonly mailbox: string | null };
  /** The time that a request waits for its operation before it answers 202, in milliseconds. */
  readonly waitMs: number;
  /** Aborted when the server closes, so that open streams end. */
  readonly closing: AbortSignal;
};
