import { useTranslation } from 'react-i18next';
import { Facts } from '../../ui/data/section.tsx';
import classes from './mails.module.css';

/** A mail as the customer reads it, line by line. */
export function MailText(props: {
  readonly mail: {
    readonly to: string | null;
    readonly copyTo: readonly string[];
    readonly subject: string | null;
    readonly body: string | null;
  };
}) {
  const { to, copyTo, subject, body } = props.mail;
  const { t } = useTranslation();
  return (
    <div lang="ja">
      <Facts
        facts={[
          [t('mails.to'), to],
          ...(copyTo.length === 0 ? [] : [[t('mails.copyTo'), copyTo.join(', ')] as const]),
          [t('mails.subject'), subject],
        ]}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must reach it. */}
      <pre className={classes.text} tabIndex={0}>
        {body}
      </pre>
    </div>
  );
}
