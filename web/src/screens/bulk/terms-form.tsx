import { Checkbox, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { jstDateOf } from '../../ui/browser/format.ts';
import type { Plan } from '../orders/select/plans.ts';
import classes from './bulk.module.css';
import type { Terms } from './terms.ts';

type Props = {
  readonly terms: Terms;
  readonly onChange: (terms: Terms) => void;
  /** The number of orders that F-REGI says are not paid. */
  readonly unpaid: number;
  /** O6: the orders whose 入金日 the server doubts. */
  readonly doubtedDays: number;
  /** The same key may carry only the same content. */
  readonly frozen: boolean;
};

/** The fields for all orders together, by the plan. */
export function TermsForm(props: Props) {
  const { plan } = props.terms;
  switch (plan.kind) {
    case 'mark_paid':
      return <PayTerms {...props} />;
    case 'ship':
      return <ShipTerms {...props} plan={plan} />;
    case 'cancel':
      return <CancelTerms {...props} plan={plan} />;
    default:
      return null;
  }
}

function PayTerms({ terms, onChange, unpaid, doubtedDays, frozen }: Props) {
  const { t } = useTranslation();
  return (
    <div className={classes.terms}>
      <DateField
        label={t('bulk.paidOn')}
        value={terms.paidOn}
        frozen={frozen}
        onChange={(paidOn) => onChange({ ...terms, paidOn, dayConfirmed: false })}
      />
      {(doubtedDays > 0 || terms.dayConfirmed) && (
        <Box
          label={t('order.payment.confirmDay')}
          checked={terms.dayConfirmed}
          frozen={frozen}
          onChange={(dayConfirmed) => onChange({ ...terms, dayConfirmed })}
        />
      )}
      <Box
        label={t('bulk.mail')}
        checked={terms.mail === 'auto'}
        frozen={frozen}
        onChange={(on) => onChange({ ...terms, mail: on ? 'auto' : 'manual' })}
      />
      {unpaid > 0 && terms.mail === 'auto' && (
        <Box
          label={t('bulk.mailUnpaid', { count: unpaid })}
          checked={terms.mailUnpaid}
          frozen={frozen}
          onChange={(mailUnpaid) => onChange({ ...terms, mailUnpaid })}
        />
      )}
    </div>
  );
}

type Of<Kind extends Plan['kind']> = Props & { readonly plan: Extract<Plan, { kind: Kind }> };

function ShipTerms({ plan, ...props }: Of<'ship'>) {
  const { terms, onChange, frozen } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const why = denied({ kind: 'ship', andPay: true });
  const set = (changes: Partial<typeof plan>) =>
    onChange({ ...terms, plan: { ...plan, ...changes } });
  return (
    <>
      <div className={classes.terms}>
        <DateField
          label={t('bulk.shippedOn')}
          value={plan.shippedOn ?? terms.paidOn}
          frozen={frozen}
          onChange={(shippedOn) => set({ shippedOn })}
        />
        <Box
          label={t('bulk.shippingMail')}
          checked={plan.shippingMail === 'auto'}
          frozen={frozen}
          onChange={(on) => set({ shippingMail: on ? 'auto' : 'manual' })}
        />
        <Box
          label={t('bulk.andPay')}
          description={why}
          checked={plan.andPay}
          frozen={frozen || why !== null}
          onChange={(andPay) => set({ andPay })}
        />
      </div>
      {plan.andPay && <PayTerms {...props} />}
    </>
  );
}

function CancelTerms({ plan, terms, onChange, frozen }: Of<'cancel'>) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const why = denied({ kind: 'cancel', cancelTransaction: true });
  const whyNotRevoke = denied({ kind: 'cancel', revokePayments: true });
  const box = (name: 'returnStock' | 'returnPoints') => (
    <Box
      label={t(`bulk.${name}`)}
      checked={plan[name]}
      frozen={frozen}
      onChange={(on) => onChange({ ...terms, plan: { ...plan, [name]: on } })}
    />
  );
  return (
    <div className={classes.boxes}>
      <Box
        label={t('bulk.cancelTransaction')}
        description={why ?? t('bulk.cancelTransactionHint')}
        checked={plan.cancelTransaction}
        frozen={frozen || why !== null}
        onChange={(on) => onChange({ ...terms, plan: { ...plan, cancelTransaction: on } })}
      />
      <Box
        label={t('bulk.revokePayments')}
        description={whyNotRevoke ?? t('bulk.revokePaymentsHint')}
        checked={plan.revokePayments}
        frozen={frozen || whyNotRevoke !== null}
        onChange={(on) => onChange({ ...terms, plan: { ...plan, revokePayments: on } })}
      />
      {box('returnStock')}
      {box('returnPoints')}
      <Box
        label={t('bulk.cancelMail')}
        checked={plan.mailCustomer}
        frozen={frozen}
        onChange={(on) => onChange({ ...terms, plan: { ...plan, mailCustomer: on } })}
      />
    </div>
  );
}

function DateField(props: {
  readonly label: string;
  readonly value: string;
  readonly frozen: boolean;
  readonly onChange: (date: string) => void;
}) {
  const { label, value, frozen, onChange } = props;
  return (
    <TextInput
      type="date"
      label={label}
      value={value}
      max={jstDateOf(new Date())}
      disabled={frozen}
      onChange={(event) => event.currentTarget.value && onChange(event.currentTarget.value)}
    />
  );
}

function Box(props: {
  readonly label: string;
  readonly description?: string | null;
  readonly checked: boolean;
  readonly frozen: boolean;
  readonly onChange: (on: boolean) => void;
}) {
  const { label, description, checked, frozen, onChange } = props;
  return (
    <Checkbox
      label={label}
      description={description}
      checked={checked}
      disabled={frozen}
      onChange={(event) => onChange(event.currentTarget.checked)}
    />
  );
}
