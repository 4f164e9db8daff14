import { useTranslation } from 'react-i18next';
import { Badge } from '../ui/state/badge.tsx';
import { useSession } from './session.tsx';

/**
 * The manual's tag where marking paid captures at F-REGI (p. 5 and 6); nothing if the shop has
 * turned the link off.
 */
export function LinkTag() {
  const { t } = useTranslation();
  const { shop } = useSession();
  if (!shop.linkEnabled) return null;
  return (
    <Badge tone="going" icon="lock">
      {t('common.linkTag')}
    </Badge>
  );
}
