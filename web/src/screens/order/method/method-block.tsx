import { Checkbox, NativeSelect } from '@mantine/core';
import type { OrderView, PaymentKind } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Section } from '../../../ui/data/section.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import classes from '../order.module.css';
import type { Desk } from '../use-desk.ts';

type Props = { readonly order: OrderView; readonly desk: Desk };

/** 内容編集: 決済方法, the box, and the manual's warnings, to the letter (P1–P3). */
export function MethodBlock({ order, desk }: Props) {
  const { t } = useTranslation();
  const [asked, setAsked] = useState(false);
  const { kinds, oneWay, cancelBox } = order.actions.changeMethod;
  const { method } = desk;
  if (kinds.length === 0) return null;
  const to = kinds.find((kind) => kind === method.kind) ?? null;
  const why = deniedTo(order, method.cancel ? 'changeMethodAndCancel' : 'changeMethod');
  return (
    <Section title={t('order.method.title')} id="method">
      <div className="stack">
        {desk.message?.place === 'method' && (
          <Notice tone="good" role="status" title={desk.message.text} />
        )}
        <NativeSelect
          label={t('order.method.kind')}
          value={to ?? ''}
          error={asked && to === null ? t('order.method.chooseFirst') : null}
          onChange={(event) => {
            const { value } = event.currentTarget;
            desk.chooseMethod({ ...method, kind: kinds.find((kind) => kind === value) ?? null });
          }}
          data={[
            {
              value: '',
              label: order.paymentMethod + t('common.aside', { text: t('order.method.now') }),
            },
            ...kinds.map((value: PaymentKind) => ({ value, label: t(`words.kind.${value}`) })),
          ]}
          maw={320}
        />
        {cancelBox.offered && cancelBox.asks.length > 0 && (
          <Checkbox
            label={t('order.status.box')}
            description={t('order.method.byHand')}
            checked={method.cancel}
            onChange={(event) =>
              desk.chooseMethod({ ...method, cancel: event.currentTarget.checked })
            }
          />
        )}
        {oneWay && <OneWay />}
        <div>
          <GuardedButton
            variant="default"
            denied={why}
            onClick={() => {
              setAsked(to === null);
              if (to !== null) desk.show({ kind: 'method', to, cancel: method.cancel });
            }}
          >
            {t('order.amounts.save')}
          </GuardedButton>
        </div>
      </div>
    </Section>
  );
}

/** P3: an order that leaves the card cannot return to it. */
function OneWay() {
  const { t } = useTranslation();
  return (
    <p className={classes.warning}>
      <strong>{t('order.method.check')}</strong>
      <br />
      {t('order.method.oneWay')}
      <br />
      {t('common.quoted', { text: t('order.method.card') })}
    </p>
  );
}
