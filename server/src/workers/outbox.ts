import type { Withheld } from '@renkei/core/domain/mails/mail-policy.ts';
import {
  type DueMail,
  type Mail,
  type MailOutcome,
  type Mails,
  type Post,
  type Posted,
  SENDING_MS,
} from '@renkei/core/ports/mails.ts';
import type { Marks } from '@renkei/core/ports/marks.ts';
import { Rounds, type Worker } from './rounds.ts';

export type OutboxOptions = {
  readonly mails: Mails;
  readonly post: Post;
  readonly marks: Marks;
  /** Milliseconds on a clock that nobody sets; measures how long the process was paused. */
  readonly stopwatch: () => number;
  readonly onError: (error: unknown) => void;
};

const BATCH = 20;
/** The wait after the first failure; it doubles with each further one. */
const RETRY_MS = 5_000;
const TRIES_MAX = 8;
/** A mail claimed longer ago is not sent: another process may have marked it as unknown. */
const SEND_WINDOW_MS = SENDING_MS / 2;

/**
 * Sends the mails of the outbox. Each mail is written in the transaction of its event, so that none
 * is sent for an event that did not happen, and none is forgotten. Like a call to F-REGI, a mail
 * without a certain outcome is marked as unknown, and never sent again by itself.
 */
export class Outbox implements Worker {
  readonly #mails: Mails;
  readonly #post: Post;
  readonly #marks: Marks;
  readonly #stopwatch: () => number;
  readonly #onError: (error: unknown) => void;
  readonly #rounds: Rounds;

  constructor({ mails, post, marks, stopwatch, onError }: OutboxOptions) {
    this.#mails = mails;
    this.#post = post;
    this.#marks = marks;
    this.#stopwatch = stopwatch;
    this.#onError = onError;
    this.#rounds = new Rounds(
      async () => ((await this.round()) === BATCH ? 'more' : undefined),
      onError,
    );
  }

  /** Sends all due mails; resolves to the number of tries. */
  async round(): Promise<number> {
    await this.#mails.giveUpLost();
    const takenAfter = this.#stopwatch();
    const due = await this.#mails.claim(BATCH);
    await Promise.all(due.map((mail) => this.#send(mail, takenAfter).catch(this.#onError)));
    return due.length;
  }

  open(everyMs = 1_000): void {
    this.#rounds.open(everyMs);
  }

  async close(): Promise<void> {
    await this.#rounds.close();
  }

  async #send(mail: DueMail, takenAfter: number): Promise<void> {
    const words = await this.#mails.prepare(mail);
    if (words.withheld !== null) {
      const state = UNADDRESSED.has(words.withheld) ? 'failed' : 'withheld';
      return this.#mails.settle(mail, { state, error: words.withheld });
    }
    const posted = await this.#sendInTime(mail, words, takenAfter);
    await this.#mails.settle(mail, outcomeOf(posted, mail.tries));
  }

  async #sendInTime(mail: DueMail, words: Mail, takenAfter: number): Promise<Posted> {
    try {
      this.#marks.note({ shopId: mail.shopId, what: 'mail', id: String(mail.id), n: mail.tries });
    } catch (error) {
      return {
        kind: 'later',
        error: `the mark outside the database could not be written: ${error}`,
      };
    }
    const isTooLate = this.#stopwatch() - takenAfter > SEND_WINDOW_MS;
    return isTooLate ? TOO_LATE : this.#post.send(mail, words);
  }
}

/** Nobody has decided against these mails: they cannot go out. */
const UNADDRESSED: ReadonlySet<Withheld> = new Set(['no_address', 'bad_address']);

const TOO_LATE: Posted = { kind: 'later', error: 'paused for too long before sending' };

function outcomeOf(posted: Posted, tries: number): MailOutcome {
  switch (posted.kind) {
    case 'sent':
      return { state: 'sent' };
    case 'refused':
      return { state: 'failed', error: posted.error };
    case 'unknown':
      return { state: 'unknown', error: posted.error };
    case 'later':
      return tries >= TRIES_MAX
        ? { state: 'failed', error: posted.error }
        : { state: 'queued', error: posted.error, afterMs: RETRY_MS * 2 ** tries };
    default:
      return posted satisfies never;
  }
}
