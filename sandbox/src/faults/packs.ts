import type { FaultRule } from './rules.ts';

/** Ready-made scenarios: each press starts the trouble of a whole day. */
export const PACKS: Readonly<
  Record<string, { readonly ja: string; readonly en: string; readonly rules: readonly FaultRule[] }>
> = {
  busy_day: {
    ja: '繁忙日（3割の応答が2秒遅れる）',
    en: 'busy day: three in ten answers are two seconds late',
    rules: [{ kind: 'late_answer', share: 0.3, delayMs: 2_000 }],
  },
  card_company_down: {
    ja: 'カード会社障害（すべて JCN-G95）',
    en: 'card company down: JCN-G95 for all',
    rules: [{ kind: 'decline', code: 'JCN-G95', text: 'カード会社がオンライン停止中です' }],
  },
  lossy_network: {
    ja: '回線不安定（1割の応答が失われる）',
    en: 'lossy network: one in ten answers is lost',
    rules: [
      { kind: 'drop_after', share: 0.07 },
      { kind: 'drop_before', share: 0.03 },
    ],
  },
  maintenance: {
    ja: 'メンテナンス（すべてHTTP 500）',
    en: 'maintenance: HTTP 500 for all',
    rules: [{ kind: 'http_500_before' }],
  },
};
