import type { ReasonView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { DO } from '../order/use-desk.ts';
import classes from './runs.module.css';

/**
 * The operator carries every remedy out at the order, where a preview comes first: the link opens
 * it there. F-REGI's console opens by itself if its address is known.
 */
export function RemedyLinks(props: {
  readonly orderNumber: string;
  readonly remedies: ReasonView['remedies'];
}) {
  const { orderNumber, remedies } = props;
  const { t } = useTranslation();
  const { sandboxConsole } = useSession().me.links;
  return (
    <ul className={classes.actions}>
      {remedies.map(({ id, label }) => (
        <li key={id}>
          {id === 'check_at_gateway' && sandboxConsole !== null ? (
            <a href={sandboxConsole} target="_blank" rel="noreferrer">
              {label}
              <span className="spoken">{t('frame.newWindow')}</span>
            </a>
          ) : (
            <Link to="/orders/$orderNumber" params={{ orderNumber }} hash={`${DO}${id}`}>
              {label}
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}
