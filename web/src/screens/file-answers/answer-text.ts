import { type FileAnswers, keysOf, PAYMENT_KIND, SHIPMENT_PARTS } from '@renkei/contract';
import type { TFunction } from 'i18next';

/** An answer about files in words. */
export function answerText(
  t: TFunction,
  { kind, answer }: Pick<FileAnswers['answers'][number], 'kind' | 'answer'>,
): string {
  const payment = keysOf(PAYMENT_KIND).find((known) => known === answer);
  if (kind === 'payment_method' && payment !== undefined) return t(`words.kind.${payment}`);
  const part = SHIPMENT_PARTS.find((known) => known === answer);
  if (kind === 'shipment_column' && part !== undefined) return t(`answers.part.${part}`);
  return answer === '' ? t('answers.nothing') : answer;
}
