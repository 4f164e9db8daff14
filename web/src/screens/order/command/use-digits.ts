import { digitsOf, type OrderView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { useConfirmText } from '../../../ui/confirm/confirm-text.tsx';

/** The last four digits of 受注コード, which a person types before an irreversible command. */
export function useDigits({ orderNumber }: OrderView, wanted: boolean) {
  const { t } = useTranslation();
  const digits = digitsOf(orderNumber);
  const { field, isRight } = useConfirmText({
    wanted: wanted ? digits : null,
    label: t('order.status.digits', { digits }),
    wrong: t('order.status.digitsWrong', { digits }),
  });
  /** The typed digits, for the server; undefined if the command needs none. */
  return { field, isRight, confirmed: wanted ? digits : undefined };
}
