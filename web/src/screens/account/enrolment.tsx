import { Button } from '@mantine/core';
import type { SecondFactorOffer } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Copyable } from '../../ui/data/copy.tsx';
import { CodeField, useCode } from '../sign-in/code-field.tsx';
import { useForm } from '../sign-in/use-form.tsx';
import classes from './account.module.css';
import { QrCode } from './qr-code.tsx';

/** Shows the secret for the authenticator app, and asks for its first code. */
export function Enrolment(props: {
  readonly offer: SecondFactorOffer;
  readonly onDone: () => Promise<void>;
  readonly onBack: () => void;
}) {
  const { offer, onDone, onBack } = props;
  const { t } = useTranslation();
  const code = useCode('totp');
  const form = useForm(async () => {
    await code.prove();
    await onDone();
  });
  const secret = new URL(offer.totpURI).searchParams.get('secret') ?? '';
  return (
    <form
      className={classes.form}
      onSubmit={(event) => form.submit(event, code.missing)}
      noValidate
    >
      <ol className={classes.steps}>
        <li>{t('account.scan')}</li>
        <li>{t('account.typeFirst')}</li>
      </ol>
      <QrCode text={offer.totpURI} label={t('account.qr')} />
      <p className={classes.secret}>
        {t('account.secret')}
        <Copyable text={secret.replace(/.{4}(?=.)/g, '$& ')} label={t('account.secret')} />
      </p>
      {form.error}
      <CodeField code={code} />
      <div className={classes.buttons}>
        <Button type="submit" loading={form.busy}>
          {t('account.turnOn')}
        </Button>
        <Button variant="default" onClick={onBack}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}
