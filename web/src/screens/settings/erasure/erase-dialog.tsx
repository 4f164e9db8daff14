import type { ErasedView, FoundCustomer } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { ask } from '../../../api/client.ts';
import { useCommand } from '../../../api/command.ts';
import { useSession } from '../../../app/session.tsx';
import { useConfirmText } from '../../../ui/confirm/confirm-text.tsx';
import { Dialog } from '../../../ui/confirm/dialog.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';

type Props = {
  readonly wanted: Pick<FoundCustomer, 'orders' | 'applications'>;
  readonly onClose: () => void;
  readonly onDone: (erased: ErasedView) => void;
  readonly reread: () => Promise<unknown>;
};

/** Says what goes and what stays; the person types how many it concerns. */
export function EraseDialog({ wanted, onClose, onDone, reread }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const value = String(wanted.orders.length + wanted.applications.length);
  const typed = useConfirmText({
    wanted: value,
    label: t('settings.erasure.label', { value }),
    wrong: t('settings.erasure.wrong', { value }),
  });
  const body = {
    orders: wanted.orders.map(({ orderNumber, version }) => ({ orderNumber, version })),
    applications: wanted.applications.map(({ code }) => code),
  };
  const { progress, press } = useCommand<ErasedView>({
    send: (key) => ask('POST', '/v1/erasures', { shop: shop.id, key, body, typed: value }),
    onDone,
    reread,
  });
  return (
    <Dialog
      title={t('settings.erasure.title')}
      confirm={t('settings.erasure.confirm')}
      danger
      busy={progress.kind === 'sending'}
      onClose={onClose}
      onConfirm={() => {
        if (typed.isRight()) void press();
      }}
    >
      <p>{t('settings.erasure.goes')}</p>
      <p>{t('settings.erasure.stays')}</p>
      <Notice tone="warn" title={t('settings.erasure.never')} />
      {typed.field}
      <ProgressNotice progress={progress} onResend={() => void press()} />
    </Dialog>
  );
}
