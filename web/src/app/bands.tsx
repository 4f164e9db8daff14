import { useNetwork } from '@mantine/hooks';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Icon } from '../ui/icons.tsx';
import classes from './frame.module.css';
import { useSession } from './session.tsx';

/**
 * Warnings that nobody may overlook: no connection, safe mode, F-REGI out of reach, a server's disk
 * that is nearly full, no mail server, a test environment, and an auto-link that is off (S1).
 */
export function Bands() {
  const { me, shop } = useSession();
  const { t } = useTranslation();
  const { environment, linkEnabled, hold } = shop;
  const { sandboxConsole, mailbox } = me.links;
  const { online } = useNetwork();
  return (
    <>
      {!online && (
        <div className={`${classes.band} ${classes.offline}`} role="alert">
          {t('frame.offline')}
        </div>
      )}
      {hold === 'safe_mode' && (
        <div className={`${classes.band} ${classes.offline}`} role="alert">
          <span>{t('frame.safeMode')}</span>
          <Link to="/safe-mode">{t('frame.safeModeAction')}</Link>
        </div>
      )}
      {hold === 'gateway_down' && (
        <div className={`${classes.band} ${classes.offline}`} role="status">
          {t('frame.gatewayDown')}
        </div>
      )}
      {me.roomIsLow && (
        <div className={`${classes.band} ${classes.off}`} role="status">
          {t('frame.roomIsLow')}
        </div>
      )}
      {!me.mailsLeave && (
        <div className={`${classes.band} ${classes.off}`} role="status">
          {t('frame.mailsWait')}
        </div>
      )}
      {environment !== 'production' && (
        <div className={classes.band}>
          <strong>
            {t('frame.testBand', { environment: t(`words.environment.${environment}`) })}
          </strong>
          {sandboxConsole !== null && <Outside href={sandboxConsole}>{t('frame.console')}</Outside>}
          {mailbox !== null && <Outside href={mailbox}>{t('frame.mailbox')}</Outside>}
        </div>
      )}
      {!linkEnabled && (
        <div className={`${classes.band} ${classes.off}`}>
          <span>{t('frame.linkOff')}</span>
          <Link to="/settings">{t('frame.linkOffAction')}</Link>
        </div>
      )}
    </>
  );
}

function Outside({ href, children }: { readonly href: string; readonly children: string }) {
  const { t } = useTranslation();
  return (
    <a href={href} target="_blank" rel="noreferrer">
      {children}
      <Icon name="external" size={14} />
      <span className="spoken">{t('frame.newWindow')}</span>
    </a>
  );
}
