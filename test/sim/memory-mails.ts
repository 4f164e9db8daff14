import {
  type DueMail,
  isOwn,
  type Mail,
  type Mails,
  SENDING_MS,
} from '../../core/src/ports/mails.ts';
import { write } from '../../core/src/turns/page.ts';
import { sentOf } from '../../server/src/store/mails/pg-mails.ts';
import type { KeptMail } from './kept-mail.ts';
import type { MemoryStore } from './memory-store.ts';

/**
 * The mails in memory, for the simulator. Their contract (server/test/store/mails-contract.test.ts)
 * runs on both and proves that they do the same as PostgreSQL.
 */
export class MemoryMails implements Mails {
  readonly #store: MemoryStore;
  readonly #now: () => number;

  constructor(store: MemoryStore, now: () => number) {
    this.#store = store;
    this.#now = now;
  }

  async giveUpLost(): Promise<void> {
    const now = this.#now();
    for (const { id, state, dueAt } of this.#store.mails) {
      if (state === 'sending' && dueAt <= now) this.#change(id, { state: 'unknown' });
    }
  }

  async claim(limit: number): Promise<DueMail[]> {
    const now = this.#now();
    const due = this.#store.mails
      .filter(({ state, dueAt }) => state === 'queued' && dueAt <= now)
      .sort((a, b) => a.dueAt - b.dueAt)
      .slice(0, limit);
    return due.map(({ id, tries, shopId, orderNumber, kind, occasion }) => {
      this.#change(id, { state: 'sending', tries: tries + 1, dueAt: now + SENDING_MS });
      const words = { recipient: null, subject: null, body: null };
      return { id, shopId, orderNumber, kind, occasion, ...words, tries: tries + 1 };
    });
  }

  async prepare({ kind }: DueMail): Promise<Mail> {
    const to = ['hanako@example.jp'];
    return { shopName: 'shop', to, copyTo: [], subject: kind, body: kind, withheld: null };
  }

  async settle(mail: DueMail, outcome: Parameters<Mails['settle']>[1]): Promise<void> {
    const { id, shopId, orderNumber, kind, tries } = mail;
    if (orderNumber === null || isOwn(kind)) return;
    const kept = this.#store.mails.find((one) => one.id === id);
    if (kept === undefined) return;
    if (outcome.state === 'sent') {
      this.#store.turnNow({ shopId, orderNumber }, (page) => ({
        page: write(page, sentOf(kind, page.now)),
      }));
    } else if (kept.state !== 'sending' || kept.tries !== tries) {
      return;
    }
    const afterMs = outcome.state === 'queued' ? outcome.afterMs : 0;
    this.#change(id, { state: outcome.state, dueAt: this.#now() + afterMs });
  }

  /** After a restore: a mail that waits may have been sent since the backup, so it is in doubt. */
  doubt(): void {
    for (const { id, state } of this.#store.mails) {
      if (state === 'queued' || state === 'sending') this.#change(id, { state: 'unknown' });
    }
  }

  #change(id: number, change: Partial<KeptMail>): void {
    const { mails } = this.#store;
    const at = mails.findIndex((mail) => mail.id === id);
    const mail = mails[at];
    if (mail !== undefined) mails[at] = { ...mail, ...change };
  }
}
