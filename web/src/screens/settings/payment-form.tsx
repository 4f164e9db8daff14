import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import {
  DAYS_MAX,
  keysOf,
  LINKED_KINDS,
  PAYMENT_KIND,
  type PaymentKind,
  type PaymentPolicy,
} from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { normalized } from '../../ui/browser/format.ts';
import { Section } from '../../ui/data/section.tsx';
import table from '../../ui/data/table.module.css';
import { Table } from '../../ui/data/table.tsx';
import { type FormProps, SavePart } from './save-part.tsx';
import classes from './settings.module.css';

const MAILS = ['auto', 'manual', 'never'] as const;

type Policies = Partial<Record<PaymentKind, PaymentPolicy>>;
/** 売上処理期限 as typed; empty: the shop's deadline. */
type Deadlines = Partial<Record<(typeof LINKED_KINDS)[number], string>>;

/** S2, of every 決済種別: whether it is authorized with the order, and its 入金確認メール. */
export function PaymentForm({ settings, onSaved, onChanged }: FormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Policies>({});
  const [deadlines, setDeadlines] = useState<Deadlines>({});
  const wrong = LINKED_KINDS.some((kind) => isWrong(deadlines[kind]));
  return (
    <>
      <Section title={t('settings.page.payment')}>
        <div className="stack">
          <p className="quiet">
            {t('settings.payment.lead')} {t('settings.payment.authorizeHint')}
          </p>
          <div className={classes.policies}>
            <Table caption={t('settings.payment.caption')} head={<Head />}>
              {keysOf(PAYMENT_KIND).map((kind) => (
                <Row
                  key={kind}
                  kind={kind}
                  policy={typed[kind] ?? settings.paymentPolicies[kind]}
                  onChange={(policy) => setTyped((now) => ({ ...now, [kind]: policy }))}
                >
                  <Deadline
                    kind={kind}
                    settings={settings}
                    typed={deadlines}
                    onType={setDeadlines}
                  />
                </Row>
              ))}
            </Table>
          </div>
          <p className="quiet">
            {t('settings.payment.policies')} <Link to="/mails">{t('frame.mails')}</Link>
          </p>
        </div>
      </Section>
      <SavePart
        settings={settings}
        onChanged={onChanged}
        body={{
          paymentPolicies: typed,
          captureDeadlines: Object.fromEntries(
            Object.entries(deadlines).map(([kind, text]) => [kind, daysIn(text) ?? null]),
          ),
        }}
        wrong={wrong}
        onSaved={() => {
          setTyped({});
          setDeadlines({});
          onSaved();
        }}
      />
    </>
  );
}

function Head() {
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="col">{t('settings.payment.kind')}</th>
      <th scope="col">{t('settings.payment.authorize')}</th>
      <th scope="col">{t('settings.payment.deadline')}</th>
      <th scope="col">{t('settings.payment.mail')}</th>
    </tr>
  );
}

/** 売上処理期限 of a kind that goes through F-REGI; empty: the shop's. */
function Deadline(props: {
  readonly kind: PaymentKind;
  readonly settings: FormProps['settings'];
  readonly typed: Deadlines;
  readonly onType: (typed: Deadlines) => void;
}) {
  const { kind, settings, typed, onType } = props;
  const { t } = useTranslation();
  if (!isCard(kind)) return <span className={table.muted}>{t('settings.payment.notCard')}</span>;
  return (
    <TextInput
      aria-label={t('settings.payment.of', {
        kind: t(`words.kind.${kind}`),
        name: t('settings.payment.deadline'),
      })}
      size="xs"
      w={150}
      inputMode="numeric"
      autoComplete="off"
      placeholder={t('settings.payment.deadlineShop', {
        count: settings.captureDeadlineDays,
      })}
      value={typed[kind] ?? String(settings.captureDeadlines[kind] ?? '')}
      error={isWrong(typed[kind]) ? t('settings.deadlineWrong') : null}
      onChange={(event) => onType({ ...typed, [kind]: event.currentTarget.value })}
    />
  );
}

function isWrong(typed: string | undefined): boolean {
  return daysIn(typed ?? '') === undefined;
}

function isCard(kind: PaymentKind): kind is (typeof LINKED_KINDS)[number] {
  return PAYMENT_KIND[kind].linked;
}

/** The typed days; null: no days of its own; undefined: the text is no number of days. */
function daysIn(text: string): number | null | undefined {
  const plain = normalized(text);
  if (plain === '') return null;
  const days = /^\d{1,3}$/.test(plain) ? Number(plain) : 0;
  return days >= 1 && days <= DAYS_MAX ? days : undefined;
}

function Row(props: {
  readonly kind: PaymentKind;
  readonly policy: PaymentPolicy;
  readonly onChange: (policy: PaymentPolicy) => void;
  /** Its deadline. */
  readonly children: ReactNode;
}) {
  const { kind, policy, onChange, children } = props;
  const { t } = useTranslation();
  const name = t(`words.kind.${kind}`);
  const of = (what: string) => t('settings.payment.of', { kind: name, name: what });
  return (
    <tr>
      <th scope="row">{name}</th>
      <td>
        {PAYMENT_KIND[kind].linked ? (
          <Checkbox
            aria-label={of(t('settings.payment.authorize'))}
            checked={policy.authorizeAtOrder}
            onChange={(event) =>
              onChange({ ...policy, authorizeAtOrder: event.currentTarget.checked })
            }
          />
        ) : (
          <span className={table.muted}>{t('settings.payment.notCard')}</span>
        )}
      </td>
      <td>{children}</td>
      <td>
        <NativeSelect
          aria-label={of(t('settings.payment.mail'))}
          value={policy.paymentMail}
          size="xs"
          w={132}
          onChange={({ currentTarget: { value } }) =>
            onChange({ ...policy, paymentMail: MAILS.find((one) => one === value) ?? 'auto' })
          }
          data={MAILS.map((value) => ({ value, label: t(`settings.payment.mails.${value}`) }))}
        />
      </td>
    </tr>
  );
}
