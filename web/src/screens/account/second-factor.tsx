import { Button } from '@mantine/core';
import type { Account, SecondFactorOffer } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/data/section.tsx';
import classes from './account.module.css';
import { useAccountChanged } from './account-query.ts';
import { AskPassword } from './ask-password.tsx';
import { Enrolment } from './enrolment.tsx';
import { RecoveryCodes } from './recovery-codes.tsx';

type FactorStep =
  | { readonly kind: 'look' }
  /** The password is asked for before a change. */
  | { readonly kind: 'turn_on' | 'turn_off' | 'renew' }
  | { readonly kind: 'enrol'; readonly offer: SecondFactorOffer }
  | { readonly kind: 'codes'; readonly codes: readonly string[] };

/** 二段階認証: off, or on with recovery codes. */
export function SecondFactor({ account }: { readonly account: Account }) {
  const { t } = useTranslation();
  const changed = useAccountChanged();
  const [step, setStep] = useState<FactorStep>({ kind: 'look' });
  const look = () => setStep({ kind: 'look' });
  const finish = async (next: FactorStep) => {
    await changed();
    setStep(next);
  };
  return (
    <Section title={t('account.factor')}>
      {step.kind === 'look' && <Look account={account} onChoose={(kind) => setStep({ kind })} />}
      {step.kind === 'turn_on' && (
        <AskPassword<SecondFactorOffer>
          path="/api/auth/two-factor/enable"
          press={t('account.turnOnNext')}
          onDone={async (offer) => setStep({ kind: 'enrol', offer })}
          onBack={look}
        />
      )}
      {step.kind === 'turn_off' && (
        <AskPassword
          path="/api/auth/two-factor/disable"
          press={t('account.turnOff')}
          danger
          lead={t('account.turnOffLead')}
          onDone={() => finish({ kind: 'look' })}
          onBack={look}
        />
      )}
      {step.kind === 'renew' && (
        <AskPassword<Pick<SecondFactorOffer, 'backupCodes'>>
          path="/api/auth/two-factor/generate-backup-codes"
          press={t('account.renew')}
          lead={t('account.renewLead')}
          onDone={({ backupCodes: codes }) => finish({ kind: 'codes', codes })}
          onBack={look}
        />
      )}
      {step.kind === 'enrol' && (
        <Enrolment
          offer={step.offer}
          onDone={() => finish({ kind: 'codes', codes: step.offer.backupCodes })}
          onBack={look}
        />
      )}
      {step.kind === 'codes' && <RecoveryCodes codes={step.codes} onDone={look} />}
    </Section>
  );
}

function Look(props: {
  readonly account: Account;
  readonly onChoose: (kind: 'turn_on' | 'turn_off' | 'renew') => void;
}) {
  const { account, onChoose } = props;
  const { t } = useTranslation();
  if (!account.hasApp) {
    return (
      <div className={classes.form}>
        <p>{t('account.factorOff')}</p>
        <Button onClick={() => onChoose('turn_on')}>{t('account.turnOn')}</Button>
      </div>
    );
  }
  return (
    <div className={classes.form}>
      <p>{t('account.factorOn')}</p>
      <p className="quiet">{t('account.codesLeft', { count: account.recoveryCodes ?? 0 })}</p>
      <div className={classes.buttons}>
        <Button variant="default" onClick={() => onChoose('renew')}>
          {t('account.renew')}
        </Button>
        <Button variant="default" onClick={() => onChoose('turn_off')}>
          {t('account.turnOff')}
        </Button>
      </div>
    </div>
  );
}
