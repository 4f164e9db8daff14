import type { Run } from '@renkei/backoffice/contract';
import { useTranslation } from 'react-i18next';

/**
 * What came of a run, in a sentence made from its counts and from nothing else: 20件の売上処理に
 * 成功しました。2件に失敗しました。1件は結果確認中です。
 */
export function useOutcome({ counts }: Run): string {
  const { t } = useTranslation();
  const { succeeded, failed, unknown, review, stopped, waiting, asking } = counts;
  const said = [
    succeeded > 0 && t('run.succeeded', { count: succeeded }),
    failed > 0 && t('run.failed', { count: failed }),
    unknown > 0 && t('run.unknown', { count: unknown }),
    review > 0 && t('run.review', { count: review }),
    stopped > 0 && t('run.stopped', { count: stopped }),
    waiting + asking > 0 && t('run.waiting', { count: waiting + asking }),
  ].filter((sentence) => sentence !== false);
  return said.length === 0 ? t('run.nothing') : said.join(' ');
}
