import type { MovedView } from '@renkei/contract';
import type { TFunction } from 'i18next';

const PARTS = ['toStock', 'fromStock', 'pointsGivenBack', 'pointsTaken'] as const;

/** O4: stock and points that an edit returns or takes, in the past or in the future. */
export function movedSentences(
  moved: Partial<MovedView>,
  tense: 'order.timeline.moved' | 'order.amounts.moves',
  t: TFunction,
): string[] {
  return PARTS.flatMap((part) => {
    const pieces = moved[part] ?? 0;
    return pieces === 0 ? [] : t(`${tense}.${part}`, { pieces });
  });
}
