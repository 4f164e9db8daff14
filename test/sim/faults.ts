import { VERBS } from '../../core/src/domain/transaction/link.ts';
import {
  CALL_FAULTS,
  DATABASE_FAULTS,
  type Fault,
  FIXED,
  GATEWAY_FAULTS,
  type GatewayFault,
  INQUIRY_FAULTS,
  POST_FAULTS,
  type PostFault,
  PROCESS_FAULTS,
  type ProcessFault,
  RATES,
  READ_FAULTS,
  REVOCATION_FAULTS,
  ROUGH,
  STORE_FAULTS,
} from './fault-kinds.ts';
import { count, type Labels } from './labels.ts';
import type { Random } from './random.ts';

export { GATEWAY_FAULTS, type GatewayFault, type PostFault, type ProcessFault };

/** The calls that a process makes: its turns, and its calls outside of turns. */
const TURN_PORTS = [
  'accept',
  'hear',
  'see',
  'take',
  'review',
  'resolve',
  'return',
  'park',
  'follow',
] as const;
export type TurnPort = (typeof TURN_PORTS)[number];

/**
 * Not `pause_before`: no process can notice a sleep between its last look at the stopwatch and the
 * first byte. The protocol leaves those microseconds to the guards of the gateway.
 */
const AT_ASK = PROCESS_FAULTS.filter((kind) => kind !== 'pause_before');

/** True at a call that leaves the process for good. */
export function leaves(port: string): boolean {
  return port.startsWith('ask ') || port === 'revoke payment' || port === 'post send';
}

/** The database calls outside of turns, by port: reads and writes. */
const DATABASE: Readonly<Record<string, { reads: readonly string[]; writes: readonly string[] }>> =
  {
    pages: { reads: ['read'], writes: ['write'] },
    mails: { reads: ['prepare'], writes: ['giveUpLost', 'claim', 'settle'] },
    payments: { reads: ['loadOrder'], writes: ['claim', 'tell', 'tellRefusal', 'note'] },
    deliveries: {
      reads: ['listDue', 'listToAuthorize'],
      writes: ['make', 'noteAuthorized', 'noteRound'],
    },
    runs: {
      reads: ['listRunning', 'nextRows'],
      writes: ['hold', 'renew', 'letGo', 'begin', 'noteRow', 'finish'],
    },
    safeModes: { reads: ['load', 'listOpen'], writes: ['saveComparison'] },
  };

function onDatabase(): Record<string, readonly Fault[]> {
  const all = Object.entries(DATABASE).flatMap(([port, { reads, writes }]) => [
    ...reads.map((call) => [`${port} ${call}`, [...PROCESS_FAULTS, ...READ_FAULTS]] as const),
    ...writes.map((call) => [`${port} ${call}`, [...PROCESS_FAULTS, ...STORE_FAULTS]] as const),
  ]);
  return Object.fromEntries(all);
}

/** The faults of a call of 発行取消. */
const REVOKE_FAULTS = [
  'unsent',
  'lost_request',
  'lost_answer',
  'late_act',
  'error_after',
  ...REVOCATION_FAULTS,
] as const satisfies readonly GatewayFault[];

/** Port call → the faults that can strike there. */
const FAULTS_AT: Readonly<Record<string, readonly Fault[]>> = {
  ...Object.fromEntries(TURN_PORTS.map((port) => [port, [...PROCESS_FAULTS, ...STORE_FAULTS]])),
  due: [...PROCESS_FAULTS, ...READ_FAULTS],
  ...onDatabase(),
  inquire: [...PROCESS_FAULTS, ...INQUIRY_FAULTS],
  'inquire payment': [...PROCESS_FAULTS, ...INQUIRY_FAULTS],
  'revoke payment': [...AT_ASK, ...REVOKE_FAULTS],
  'post send': [...AT_ASK, ...POST_FAULTS],
  ...Object.fromEntries(
    VERBS.map((verb) => [`ask ${verb}`, [...AT_ASK, ...GATEWAY_FAULTS.filter(canStrike(verb))]]),
  ),
};

function canStrike(verb: string): (fault: GatewayFault) => boolean {
  return (fault) => {
    const changes = verb === 'change_amount' || verb === 'change_captured_amount';
    if (fault === 'half_done_change') return changes;
    return fault !== 'declined' || changes || verb === 'authorize';
  };
}

/** Every pair of a port call and a fault that can strike there, as the labels count them. */
export const FAULT_LABELS: readonly string[] = Object.entries(FAULTS_AT).flatMap(([port, faults]) =>
  faults.map((fault) => labelOf(port, fault)),
);

function labelOf(port: string, fault: Fault): string {
  return `${port} × ${fault}`;
}

/** Raises the rate of some faults at some calls, because rare coincidences need them often. */
function moreAt(port: string, kind: Fault): number {
  if (port === 'inquire' && kind === 'pause_after') return 8;
  if (port === 'resolve' || port === 'review' || port === 'runs finish') return 4;
  if (port === 'park' || port === 'follow') return 12;
  if (port === 'return') return 24;
  if (port === 'safeModes saveComparison') return 60;
  if (port === 'payments loadOrder') return 12;
  if (port === 'payments tellRefusal') return 40;
  if (port === 'revoke payment') return 6;
  const isProcess = kind.startsWith('crash') || kind.startsWith('pause');
  if (port === 'safeModes listOpen' && isProcess) return 12;
  return port.startsWith('ask') && isProcess ? 4 : 1;
}

/** The part of a scene's setup that concerns its faults. */
type Conditions = {
  readonly planned?: readonly (GatewayFault | null)[] | undefined;
  readonly rough?: boolean | undefined;
};

export class Faults {
  readonly #random: Random;
  readonly #labels: Labels;
  readonly #rates = new Map<Fault, number>();
  readonly #planned: (GatewayFault | null)[] | null;
  /** The faults of the first mails, in order, besides those by chance. */
  readonly plannedPosts: (PostFault | null)[] = [];
  /** While false no fault strikes, so that the rest of the history can heal. */
  on: boolean;

  /**
   * With `planned` no fault strikes by chance; `planned` gives those of the first gateway calls.
   */
  constructor(random: Random, labels: Labels, { planned, rough = false }: Conditions = {}) {
    this.#planned = planned ? [...planned] : null;
    this.on = planned === undefined;
    this.#random = random;
    this.#labels = labels;
    const rates = rough ? { ...RATES, ...ROUGH } : RATES;
    for (const [kind, { rare, common }] of Object.entries(rates)) {
      this.#rates.set(kind as Fault, random.chance(0.25) ? common : rare);
    }
    for (const [kind, rate] of Object.entries(FIXED)) this.#rates.set(kind as Fault, rate);
  }

  /** Returns the process fault that strikes at this call, or null. */
  ofProcess(port: string): ProcessFault | null {
    return this.#strike(port, PROCESS_FAULTS);
  }

  ofGateway(port: string): GatewayFault | null {
    if (this.#planned === null) return this.#strike(port, CALL_FAULTS);
    const [next = null] = this.#planned;
    // A planned fault waits for a call that it can strike: crashes change the order of the calls.
    if (next !== null && !FAULTS_AT[port]?.includes(next)) return null;
    this.#planned.shift();
    return next;
  }

  ofStore(port: string): (typeof STORE_FAULTS)[number] | null {
    return this.#strike(port, STORE_FAULTS);
  }

  /** Returns the fault of a database call outside of a turn, read or write. */
  ofDatabase(port: string): (typeof STORE_FAULTS)[number] | (typeof READ_FAULTS)[number] | null {
    return this.#strike(port, DATABASE_FAULTS);
  }

  ofReading(port: string): (typeof READ_FAULTS)[number] | null {
    return this.#strike(port, READ_FAULTS);
  }

  ofPost(port: string): PostFault | null {
    return this.plannedPosts.shift() ?? this.#strike(port, POST_FAULTS);
  }

  ofInquiry(port: string): (typeof INQUIRY_FAULTS)[number] | null {
    return this.#strike(port, INQUIRY_FAULTS);
  }

  #strike<K extends Fault>(port: string, kinds: readonly K[]): K | null {
    if (!this.on) return null;
    let left = this.#random.next();
    for (const kind of kinds) {
      if (!FAULTS_AT[port]?.includes(kind)) continue;
      left -= (this.#rates.get(kind) ?? 0) * moreAt(port, kind);
      if (left >= 0) continue;
      count(this.#labels, labelOf(port, kind));
      return kind;
    }
    return null;
  }
}
