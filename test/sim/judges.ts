import type { Ask } from '../../core/src/turns/asks.ts';
import type { Page } from '../../core/src/turns/operation.ts';
import { AUTHENTICATIONS_AT_COMMIT } from './authentications.ts';
import type { Checks } from './checks.ts';
import { DELIVERIES_AT_COMMIT, DELIVERIES_AT_REST } from './deliveries.ts';
import { AT_COMMIT, SOUND_AT_COMMIT } from './invariants.ts';
import { AT_ASK, AT_DEED } from './invariants-at-calls.ts';
import { AT_REST } from './invariants-at-rest.ts';
import {
  SECOND_PERSONS_AT_COMMIT,
  SECOND_PERSONS_AT_DEED,
  SECOND_PERSONS_AT_REST,
} from './invariants-second-persons.ts';
import type { Held } from './ledger.ts';
import { MAILS_AT_REST } from './mails.ts';
import { PAYMENTS_AT_COMMIT, PAYMENTS_AT_REST } from './payments.ts';
import { RESTORE_AT_ASK, RESTORE_AT_REST } from './restore.ts';
import { RUNS_AT_COMMIT, RUNS_AT_REST } from './runs.ts';
import { SLIPS_AT_COMMIT, SLIPS_AT_DEED } from './slips.ts';
import { STRAYS_AT_COMMIT, STRAYS_AT_DEED } from './strays.ts';

/** Every invariant, by the moment at which the judge looks at it, in the order of judging. */
export const JUDGES: {
  readonly atCommit: readonly Checks<[before: Page, after: Page]>[];
  readonly atAsk: readonly Checks<[ask: Ask, call: number]>[];
  readonly atDeed: readonly Checks<[changed: Held]>[];
  readonly atRest: readonly Checks<[]>[];
} = {
  atCommit: [
    AT_COMMIT,
    AUTHENTICATIONS_AT_COMMIT,
    RUNS_AT_COMMIT,
    PAYMENTS_AT_COMMIT,
    DELIVERIES_AT_COMMIT,
    STRAYS_AT_COMMIT,
    SLIPS_AT_COMMIT,
    SECOND_PERSONS_AT_COMMIT,
    SOUND_AT_COMMIT,
  ],
  atAsk: [AT_ASK, RESTORE_AT_ASK],
  atDeed: [AT_DEED, STRAYS_AT_DEED, SLIPS_AT_DEED, SECOND_PERSONS_AT_DEED],
  atRest: [
    AT_REST,
    RUNS_AT_REST,
    RESTORE_AT_REST,
    MAILS_AT_REST,
    PAYMENTS_AT_REST,
    DELIVERIES_AT_REST,
    SECOND_PERSONS_AT_REST,
  ],
};
