import { Badge } from '@mantine/core';
import type { RepairView } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import classes from '../attention.module.css';

/** The name of a repair; its transaction, if there are several; and whether it is the best. */
export function RepairHead(props: { readonly repair: RepairView; readonly best: boolean }) {
  const { repair, best } = props;
  const { t } = useTranslation();
  return (
    <div className={classes.repairHead}>
      <strong>{repair.label}</strong>
      {best && (
        <Badge variant="light" size="sm" tt="none">
          {t('attention.repairs.best')}
        </Badge>
      )}
      {repair.seqno !== null && (
        <span className="quiet">
          {t(`attention.repairs.${repair.id === 'relink' ? 'relinkTo' : 'about'}`, {
            seqno: repair.seqno,
          })}
        </span>
      )}
    </div>
  );
}
