import { Button, TextInput } from '@mantine/core';
import type { AmountsView, EditAmounts, OrderView } from '@renkei/backoffice/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatYen, parseYen } from '../../ui/format.ts';
import { isSubmit } from '../../ui/keyboard.ts';
import { Notice } from '../../ui/notice.tsx';
import classes from './order.module.css';
import { OrderProgress } from './order-progress.tsx';
import type { Desk } from './use-desk.ts';
import { useOrderCommand } from './use-order-command.ts';

const FIELDS = [
  'items',
  'shipping',
  'paymentFee',
  'wrapping',
  'pointsUsed',
  'couponDiscount',
] as const satisfies readonly (keyof AmountsView)[];
type Field = (typeof FIELDS)[number];
type Typed = Record<Field, string>;

/** 商品・送料・手数料編集 of an unpaid order (A1). F-REGI is told at the capture, not here. */
export function AmountsForm({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Typed>(() => typedOf(order.amounts));
  const [said, setSaid] = useState<string | null>(null);
  const amounts = amountsOf(typed);
  const command = useOrderCommand(order, {
    method: 'PUT',
    resource: 'amounts',
    body: amounts && ({ amounts } satisfies EditAmounts),
    onDone(changed) {
      desk.edit(false);
      desk.say('amounts', t('order.amounts.done', { yen: formatYen(changed.billed) }));
    },
  });

  function save(): void {
    const isSame = FIELDS.every((field) => amounts?.[field] === order.amounts[field]);
    const wrong = amounts === null ? t('order.amounts.wrong') : null;
    setSaid(wrong ?? (isSame ? t('order.amounts.unchanged') : null));
    if (wrong === null && !isSame) void command.press();
  }

  return (
    <form
      className="stack"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onKeyDown={(event) => isSubmit(event.nativeEvent) && save()}
      noValidate
    >
      <div className={classes.fields}>
        {FIELDS.map((field) => (
          <TextInput
            key={field}
            label={t(`order.amounts.${field}`)}
            description={t('order.amounts.before', { yen: formatYen(order.amounts[field]) })}
            value={typed[field]}
            inputMode="numeric"
            autoComplete="off"
            error={parseYen(typed[field]) === null ? t('order.amounts.wrong') : null}
            onChange={(event) => setTyped({ ...typed, [field]: event.currentTarget.value })}
          />
        ))}
      </div>
      <Sums amounts={amounts} />
      <Notice tone="going">{t('order.amounts.hint')}</Notice>
      {said !== null && <Notice tone="warn" role="alert" title={said} />}
      <OrderProgress
        order={order}
        command={command}
        actions={{ reload: () => setTyped(typedOf(order.amounts)) }}
      />
      <div className="wrap">
        <Button variant="default" onClick={() => desk.edit(false)}>
          {t('common.cancel')}
        </Button>
        <Button type="submit" loading={command.progress.kind === 'sending'}>
          {t('order.amounts.save')}
        </Button>
      </div>
    </form>
  );
}

/** 総合計金額 and 請求金額 as they are being typed. */
function Sums({ amounts }: { readonly amounts: AmountsView | null }) {
  const { t } = useTranslation();
  if (amounts === null) return null;
  const { items, shipping, paymentFee, wrapping, pointsUsed, couponDiscount } = amounts;
  const total = items + shipping + paymentFee + wrapping;
  const billed = total - pointsUsed - couponDiscount;
  return (
    <p role="status">
      {t('order.amounts.total')} {formatYen(total)}　
      <strong>
        {t('order.amounts.billed')} {formatYen(billed)}
      </strong>
      {billed < 0 && (
        <>
          <br />
          {t('order.amounts.tooMuch')}
        </>
      )}
    </p>
  );
}

function typedOf(amounts: AmountsView): Typed {
  const entries = FIELDS.map((field) => [field, String(amounts[field])] as const);
  return Object.fromEntries(entries) as Typed;
}

/** Null as long as something typed is no amount. */
function amountsOf(typed: Typed): AmountsView | null {
  const parsed = FIELDS.map((field) => [field, parseYen(typed[field])] as const);
  if (parsed.some(([, yen]) => yen === null)) return null;
  return Object.fromEntries(parsed) as AmountsView;
}
