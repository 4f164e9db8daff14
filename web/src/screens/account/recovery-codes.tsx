import { Button, CopyButton } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Notice } from '../../ui/notice/notice.tsx';
import classes from './account.module.css';

/** Shows recovery codes, this once. */
export function RecoveryCodes(props: {
  readonly codes: readonly string[];
  readonly onDone: () => void;
}) {
  const { codes, onDone } = props;
  const { t } = useTranslation();
  const text = codes.join('\n');
  return (
    <div className={classes.form}>
      <Notice tone="warn" role="status" title={t('account.codesOnce')}>
        <p>{t('account.codesLead')}</p>
      </Notice>
      <ul className={classes.codes} aria-label={t('account.codes')}>
        {codes.map((code) => (
          <li key={code} className="mono">
            {code}
          </li>
        ))}
      </ul>
      <div className={classes.buttons}>
        <CopyButton value={text}>
          {({ copied, copy }) => (
            <Button variant="default" onClick={copy}>
              {t(copied ? 'common.copied' : 'common.copy')}
            </Button>
          )}
        </CopyButton>
        <Button onClick={onDone}>{t('account.codesKept')}</Button>
      </div>
    </div>
  );
}
