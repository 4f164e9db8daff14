import { useBlocker } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Dialog } from './dialog.tsx';

/**
 * Asks before a link, the browser's back button or a closed tab loses typed text. Asks nothing
 * while `dirty` is false.
 */
export function LeaveGuard({ dirty }: { readonly dirty: boolean }) {
  const { t } = useTranslation();
  const { status, proceed, reset } = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      dirty &&
      (current.pathname !== next.pathname ||
        JSON.stringify(current.search) !== JSON.stringify(next.search)),
    enableBeforeUnload: () => dirty,
    withResolver: true,
  });
  if (status !== 'blocked') return null;
  return (
    <Dialog
      title={t('unsaved.leave')}
      onClose={reset}
      cancel={t('unsaved.stay')}
      onConfirm={proceed}
      confirm={t('unsaved.leaveAnyway')}
      danger
      busy={false}
    >
      <p>{t('unsaved.leaveHint')}</p>
    </Dialog>
  );
}
