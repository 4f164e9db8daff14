import { Button } from '@mantine/core';
import type { OrderView } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../../../ui/browser/format.ts';
import { isSubmit } from '../../../ui/browser/keyboard.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { LeaveGuard } from '../../../ui/confirm/leave-guard.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { useDigits } from '../command/use-digits.ts';
import { useOrderCommand } from '../command/use-order-command.ts';
import type { Desk } from '../use-desk.ts';
import { AmountFields } from './amount-fields.tsx';
import { type ContentDraft, draftOf, parseDraft } from './draft.ts';
import { LineRows } from './line-rows.tsx';
import { PreviewSums } from './preview-sums.tsx';

/** A1: if 入金済 captures, it tells F-REGI the new amount; otherwise the edit stays in the shop. */
function unpaidHint({ actions: { markPaid, editAmounts } }: OrderView) {
  if (markPaid.decision === 'pursue') return 'order.amounts.hint';
  if (editAmounts.decision !== 'record') return 'order.preview.not_told';
  return `order.preview.${editAmounts.gateway}` as const;
}

/**
 * 商品・送料・手数料編集 and 決済・ポイント利用額編集. For an unpaid order Renkei changes the amount at F-REGI with the
 * capture (A1), for a paid order with the edit (A3). A preview stands below the fields.
 */
export function ContentForm({ order, desk }: { readonly order: OrderView; readonly desk: Desk }) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState<ContentDraft>(() => draftOf(order));
  const [asked, setAsked] = useState(false);
  const changeCaptured = order.paidOn !== null;
  const parsed = parseDraft(draft, order);
  const body = parsed.kind === 'edit' ? { ...parsed.edit, changeCaptured } : null;
  const command = useOrderCommand(order, {
    method: 'PUT',
    resource: 'amounts',
    body,
    onDone(changed, waits) {
      desk.edit(false);
      if (waits) return;
      desk.showMessage('amounts', t('order.amounts.done', { yen: formatYen(changed.billed) }));
    },
  });
  const typed = useDigits(order, changeCaptured); // It changes a charge at F-REGI at once.
  const why = deniedTo(order, changeCaptured ? 'changeCaptured' : 'editAmounts');

  function save(): void {
    setAsked(true);
    if (body !== null && why === null && typed.isRight()) void command.press(typed.confirmed);
  }

  return (
    <form
      className="stack"
      onSubmit={(event) => event.preventDefault()} // Enter in a field saves no unfinished edit
      onKeyDown={(event) => isSubmit(event.nativeEvent) && save()}
      noValidate
    >
      <LeaveGuard dirty={parsed.kind !== 'same'} />
      <LineRows draft={draft} content={order} onChange={setDraft} asked={asked} />
      <AmountFields draft={draft} content={order} onChange={setDraft} />
      <PreviewSums order={order} edit={body} quiet={command.progress.kind === 'refused'} />
      <ContentHint order={order} changeCaptured={changeCaptured} />
      {asked && parsed.kind !== 'edit' && (
        <Notice tone="warn" role="alert" title={t(`desk.content.${parsed.kind}`)} />
      )}
      <OrderProgress
        order={order}
        command={command}
        actions={{
          ...desk.remedies,
          reload: { press: () => setDraft(draftOf(order)), denied: null },
        }}
      />
      {typed.field}
      <div className="wrap">
        <Button variant="default" onClick={() => desk.edit(false)}>
          {t('common.cancel')}
        </Button>
        <GuardedButton denied={why} loading={command.progress.kind === 'sending'} onClick={save}>
          {t('order.amounts.save')}
        </GuardedButton>
      </div>
    </form>
  );
}

/** What saving does at F-REGI. */
function ContentHint(props: { readonly order: OrderView; readonly changeCaptured: boolean }) {
  const { order, changeCaptured } = props;
  const { t } = useTranslation();
  return (
    <Notice tone={changeCaptured ? 'warn' : 'going'}>
      {t(changeCaptured ? 'desk.content.capturedHint' : unpaidHint(order))}
    </Notice>
  );
}
