import { digitsOf, type RunPreview } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { useConfirmText } from '../../ui/confirm/confirm-text.tsx';
import { type Group, irreversibleIn } from './terms.ts';

/**
 * The text to type: for a large run the number that the server wants (S2); for an irreversible run
 * the number of orders, or for a single order the end of its 受注コード.
 */
export function useTyped(preview: RunPreview | undefined, groups: readonly Group[]) {
  const { t } = useTranslation();
  const count = preview?.carriedOut.count ?? 0;
  const isFinal = irreversibleIn(groups).length > 0;
  const isLarge = preview !== undefined && preview.confirm !== null;
  const single = isFinal && !isLarge && count === 1;
  const own = preview?.rows.find(({ group }) => group !== 'excluded');
  const digits = digitsOf(own?.orderNumber ?? '');
  return useConfirmText({
    wanted: single ? digits : isFinal || isLarge ? String(count) : null,
    label: single ? t('bulk.typeDigits', { digits }) : t('bulk.typeCount', { count }),
    wrong: single ? t('bulk.typeDigitsWrong', { digits }) : t('bulk.typeCountWrong', { count }),
  });
}
