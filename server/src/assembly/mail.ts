import type { Post } from '@renkei/core/ports/mails.ts';
import { createSmtp } from '../mail/smtp.ts';
import { composeMail } from '../services/compose-mail.ts';
import { MAIL_AGE_MAX_MS } from '../store/mails/late-mails.ts';
import { createPgMails } from '../store/mails/pg-mails.ts';
import { Digest } from '../workers/digest.ts';
import { Outbox } from '../workers/outbox.ts';
import type { Ground } from './ground.ts';
import type { RenkeiOptions } from './options.ts';

/** How mails leave, if they do. */
export type Mailing = {
  /** Null: no mail server is set, and all mails wait. */
  readonly outbox: Outbox | null;
  /** Null: no mail server is set. */
  readonly post: Post | null;
  /** Null: no digest goes out. */
  readonly digest: Digest | null;
  /** A mail that waits longer, in milliseconds, does not go out by itself. */
  readonly ageMaxMs: number;
};

const DIGEST_HOUR = 8;

export function setUpMail(options: RenkeiOptions, ground: Ground): Mailing {
  const { publicUrl, digestHour = DIGEST_HOUR, mailAgeMaxMs = MAIL_AGE_MAX_MS } = options;
  const { databases, onError } = ground;
  const db = databases.background;
  const digest =
    digestHour === null ? null : new Digest({ db, publicUrl, hour: digestHour, onError });
  const post = postOf(options, ground);
  const outbox = post && outboxOf(post, mailAgeMaxMs, ground);
  return { outbox, post, digest, ageMaxMs: mailAgeMaxMs };
}

function postOf({ smtpUrl, mailFrom }: RenkeiOptions, { clock }: Ground): Post | null {
  return smtpUrl === null ? null : createSmtp({ smtpUrl, from: mailFrom, now: clock.now });
}

function outboxOf(post: Post, ageMaxMs: number, ground: Ground): Outbox {
  const { databases, sealer, stopwatch, onError } = ground;
  const db = databases.background;
  const mails = createPgMails(db, (ref, wanted) => composeMail(db, ref, wanted), ageMaxMs);
  return new Outbox({ mails, post, marks: sealer, stopwatch, onError });
}
