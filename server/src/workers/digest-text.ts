import type { AttentionCounts } from '@renkei/contract/attention/attention.ts';
import { DRIFT } from '@renkei/core/domain/drift/drift.ts';
import type { DeadlineLevel } from '@renkei/core/domain/transaction/deadline.ts';
import { daysBetween, type Instant, jstDateOf } from '@renkei/core/domain/values/jst.ts';
import type { StoredItem } from '../store/attention/attention.ts';

/** The facts of a digest at the time of writing. */
export type DigestFacts = {
  readonly shopName: string;
  readonly counts: AttentionCounts;
  readonly items: readonly StoredItem[];
  readonly deadlines: readonly {
    readonly level: DeadlineLevel;
    readonly count: number;
    readonly amount: number;
  }[];
  readonly now: Instant;
};

/**
 * Writes the digest as plain text, Japanese first, English below, because nobody knows its readers'
 * languages.
 */
export function writeDigest(facts: DigestFacts, publicUrl: string) {
  const { shopName, counts } = facts;
  const { open, byUrgency } = counts;
  const subject = `【${shopName}】要対応 ${open}件（今すぐ ${byUrgency.now}件） / ${open} need attention`;
  const near = facts.deadlines.filter(({ level }) => level !== 'later');
  const count = near.reduce((sum, deadline) => sum + deadline.count, 0);
  const amount = near.reduce((sum, deadline) => sum + deadline.amount, 0);
  const body = [
    `要対応 ${open}件：今すぐ ${byUrgency.now}件、今日 ${byUrgency.today}件、期限順 ${byUrgency.later}件`,
    `承認期限14日以内 ${count}件 ${yenText(amount)}`,
    '',
    ...facts.items.map((item) => lineOf(item, facts.now, 'ja')),
    ...(open > facts.items.length ? [`ほか ${open - facts.items.length}件`] : []),
    '',
    `${publicUrl}/attention`,
    '',
    '---',
    '',
    `${open} need attention: ${byUrgency.now} now, ${byUrgency.today} today, ${byUrgency.later} later`,
    `${count} authorizations end within 14 days: ${yenText(amount)}`,
    '',
    ...facts.items.map((item) => lineOf(item, facts.now, 'en')),
    '',
  ].join('\n');
  return { subject, body };
}

function lineOf(item: StoredItem, now: Instant, locale: 'ja' | 'en'): string {
  const { kind, orderNumber, seqno, amount, dueOn } = item;
  const name = DRIFT[kind][locale];
  const what = orderNumber ?? seqno ?? '';
  const left = dueOn === null ? null : daysBetween(jstDateOf(now), dueOn);
  const due = left === null ? '' : locale === 'ja' ? `　期限まで${left}日` : `, ${left} days left`;
  return locale === 'ja'
    ? `・${name}　${what}　${yenText(amount)}${due}`
    : `- ${name}: ${what}, ${yenText(amount)}${due}`;
}

function yenText(amount: number): string {
  return `¥${amount.toLocaleString('ja-JP')}`;
}
