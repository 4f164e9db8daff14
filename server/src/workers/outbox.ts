import type { DueMail, Mail, Mails, Outcome, Post, Posted } from '@renkei/core/ports/mails.ts';
import { SENDING_MS } from '@renkei/core/ports/mails.ts';
import type { Marks } from '@renkei/core/ports/marks.ts';
import { createRounds } from './rounds.ts';

/**
 * Sends what the outbox holds. A mail was written there in the transaction of the event that asks
 * for it, so it is never sent for something that did not happen, and never forgotten. Like a call
 * to F-REGI, a mail whose fate is not known is said to be unknown, and not sent again by itself.
 */
export type Outbox = {
  /** Sends everything that is due; resolves to how many were tried. */
  sweep(): Promise<number>;
  open(everyMs?: number): void;
  close(): Promise<void>;
};

export type OutboxOptions = {
  readonly mails: Mails;
  readonly post: Post;
  readonly marks: Marks;
  /** Milliseconds on a clock that is never set, for measuring how long we were away. */
  readonly stopwatch: () => number;
  readonly onError: (error: unknown) => void;
};

const BATCH = 20;
const TRIES_MAX = 8;
/** What has waited for longer since it was taken is not sent: it may be told as unknown by then. */
const SEND_WINDOW_MS = SENDING_MS / 2;

export function createOutbox({ mails, post, marks, stopwatch, onError }: OutboxOptions): Outbox {
  async function send(mail: DueMail, takenAfter: number): Promise<void> {
    const words = await mails.prepare(mail);
    if (words.withheld !== null) {
      const state = words.withheld === 'no_address' ? 'failed' : 'withheld';
      return mails.settle(mail, { state, error: words.withheld });
    }
    const posted = await sendInTime(mail, words, takenAfter);
    await mails.settle(mail, outcomeOf(posted, mail.tries));
  }

  async function sendInTime(mail: DueMail, words: Mail, takenAfter: number): Promise<Posted> {
    try {
      marks.note({ shopId: mail.shopId, what: 'mail', id: String(mail.id), n: mail.tries });
    } catch (error) {
      return { kind: 'later', error: `it could not be noted outside of the database: ${error}` };
    }
    return stopwatch() - takenAfter > SEND_WINDOW_MS ? TOO_LATE : post.send(mail, words);
  }

  async function sweep(): Promise<number> {
    await mails.giveUpLost();
    const takenAfter = stopwatch();
    const due = await mails.claim(BATCH);
    await Promise.all(due.map((mail) => send(mail, takenAfter).catch(onError)));
    return due.length;
  }

  const rounds = createRounds(
    async () => ((await sweep()) === BATCH ? 'more' : undefined),
    onError,
  );
  return {
    sweep,
    open: (everyMs = 1_000) => rounds.open(everyMs),
    async close() {
      await rounds.close();
      post.close();
    },
  };
}

const TOO_LATE: Posted = { kind: 'later', error: 'paused for too long before sending' };

function outcomeOf(posted: Posted, tries: number): Outcome {
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
        : { state: 'queued', error: posted.error, afterMs: 5_000 * 2 ** tries };
    default:
      return posted satisfies never;
  }
}
