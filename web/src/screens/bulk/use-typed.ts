import { digitsOf, type RunPreview } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { useConfirmText } from '../../ui/confirm-text.tsx';
import { type Group, irreversibleIn } from './terms.ts';

/**
 * What has to be typed: the number that the server wants for a large run (S2); for what cannot be
 * taken back always the number of orders, or of a single one the end of its 受注コード.
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
