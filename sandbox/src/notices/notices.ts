import type { NoticeDraft } from '../endpoints/outcome.ts';
import { type Faults, NOTICE } from '../faults/rules.ts';
import type { GatewayMail, Notice, NoticeKind } from '../ledger/entities.ts';
import type { LedgerEvent } from '../ledger/events.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Numbers } from '../numbers.ts';
import type { SandboxShop, ShopOptions } from '../shops.ts';
import { formatInstant } from '../time.ts';
import { encodeForm } from '../wire/euc.ts';
import { post } from './post.ts';

/** The pauses before a notice is tried again: five minutes, then 55 (protocol §8). */
const RETRIES_MS = [5 * 60_000, 55 * 60_000];
const LOOK_MS = 1_000;

const KINDS: Record<NoticeKind, { readonly name: string; readonly url: keyof ShopOptions }> = {
  authorization: { name: '承認結果通知', url: 'authorizationNoticeUrl' },
  completion: { name: '決済完了通知', url: 'completionNoticeUrl' },
  bulk: { name: '一括売上結果通知', url: 'bulkNoticeUrl' },
};

/** The gateway's part that notices need. */
type NoticeGateway = {
  readonly ledger: Ledger;
  readonly numbers: Numbers;
  readonly faults: Faults;
  now(): number;
  shop(shopId: string): SandboxShop | null;
  record(events: readonly LedgerEvent[]): Promise<void>;
};

/**
 * Notices to shops (protocol §8): posts each at least once, until the first line of the answer is
 * OK; after the third failure sends a mail. A notice is in the ledger before it is sent.
 */
export class Notices {
  readonly #gateway: NoticeGateway;
  readonly #underway = new Map<string, Promise<void>>();
  readonly #closing = new AbortController();
  readonly #timer: NodeJS.Timeout;

  constructor(gateway: NoticeGateway) {
    this.#gateway = gateway;
    this.#timer = setInterval(() => this.look(), LOOK_MS).unref();
  }

  /** Returns the events that put notices into the ledger, for those that the shop has asked for. */
  draft(shopId: string, drafts: readonly NoticeDraft[]): LedgerEvent[] {
    if (drafts.length === 0) return [];
    const { numbers } = this.#gateway;
    const shop = this.#gateway.shop(shopId);
    return drafts.flatMap(({ kind, values }): LedgerEvent[] => {
      const url = shop?.[KINDS[kind].url];
      if (typeof url !== 'string') return [];
      const notice: Notice = {
        key: numbers.key(16),
        shopId,
        kind,
        url,
        body: encodeForm(values),
        tries: [],
        dueAt: this.#gateway.now(),
      };
      return [{ kind: 'notice_put', notice }];
    });
  }

  /** Sends every due notice, except those under way. */
  look(): void {
    const { ledger } = this.#gateway;
    for (const notice of ledger.notices.values()) {
      if (notice.dueAt === null || notice.dueAt > this.#gateway.now()) continue;
      if (this.#underway.has(notice.key) || this.#closing.signal.aborted) continue;
      const sent = this.#send(notice)
        .catch(() => {})
        .finally(() => this.#underway.delete(notice.key));
      this.#underway.set(notice.key, sent);
    }
  }

  /** Resolves once no notice is under way. */
  async idle(): Promise<void> {
    while (this.#underway.size > 0) await Promise.all(this.#underway.values());
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    this.#closing.abort();
    await this.idle();
  }

  async #send(notice: Notice): Promise<void> {
    const { faults, ledger } = this.#gateway;
    const { shopId, url, body, key } = notice;
    const isTwice = faults.strike({ shopId, cgi: NOTICE, id: '' }) !== null;
    const { signal } = this.#closing;
    const said = await post(url, body, signal);
    if (isTwice) await post(url, body, signal);
    // A reset may have come in between, and a stop leaves the notice for the next start.
    if (!ledger.notices.has(key) || signal.aborted) return;
    await this.#gateway.record(this.#afterTry(notice, said));
  }

  #afterTry(notice: Notice, said: string): LedgerEvent[] {
    const at = this.#gateway.now();
    const ok = said.split(/\r?\n/, 1)[0]?.trim() === 'OK';
    const tries = [...notice.tries, { at, said: said.slice(0, 200), ok }];
    const retryMs = ok ? undefined : RETRIES_MS[notice.tries.length];
    const dueAt = retryMs === undefined ? null : at + retryMs;
    const put: LedgerEvent = { kind: 'notice_put', notice: { ...notice, tries, dueAt } };
    return ok || dueAt !== null
      ? [put]
      : [put, { kind: 'mailed', mail: this.#mailOf(notice, said) }];
  }

  #mailOf({ shopId, kind, url }: Notice, said: string): GatewayMail {
    const at = this.#gateway.now();
    const { name } = KINDS[kind];
    return {
      at,
      shopId,
      to: this.#gateway.shop(shopId)?.mailTo ?? '',
      subject: `${name}を送信できませんでした`,
      text: `${formatInstant(at)}\n${name}を3回送信しましたが、OKの応答がありません。\n${url}\n${said}`,
    };
  }
}
