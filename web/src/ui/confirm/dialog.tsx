import { Button, Modal } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { isSubmit } from '../browser/keyboard.ts';
import classes from './dialog.module.css';

type Props = {
  readonly title: string;
  readonly onClose: () => void;
  readonly onConfirm: () => void;
  readonly confirm: ReactNode;
  /** The text of the other button, if it is not キャンセル. */
  readonly cancel?: string;
  readonly busy: boolean;
  readonly danger?: boolean;
  /** The dialog has nothing to confirm; its content says why. */
  readonly blocked?: boolean;
  readonly size?: 'md' | 'lg' | 'full';
  /** For long forms: the content scrolls on its own, so that the buttons cover nothing of it. */
  readonly form?: boolean;
  readonly children: ReactNode;
};

/**
 * A confirmation: it says what will happen, and so does its button. Ctrl+Enter confirms, Esc
 * cancels; Cancel has the first focus, so that no stray Enter moves money.
 */
export function Dialog(props: Props) {
  const { title, onClose, onConfirm, confirm, busy, danger, blocked, size = 'md', form } = props;
  const { t } = useTranslation();
  const { cancel = t('common.cancel') } = props;
  return (
    <Modal
      opened
      onClose={onClose}
      title={title}
      fullScreen={size === 'full'}
      size={size === 'md' ? 620 : 960}
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': t('common.close') }}
      classNames={{
        title: classes.title ?? '',
        body: `${classes.body}${form ? ` ${classes.formBody}` : ''}`,
        content: (form && classes.formContent) || '',
      }}
      onKeyDown={(event) => {
        if (!isSubmit(event.nativeEvent) || blocked) return;
        event.preventDefault();
        onConfirm();
      }}
    >
      <div className={classes.content}>{props.children}</div>
      <div className={classes.footer}>
        <Button variant="default" onClick={onClose} data-autofocus>
          {cancel}
        </Button>
        {!blocked && (
          <Button
            {...(danger ? { color: 'red.9' } : {})}
            loading={busy}
            onClick={onConfirm}
            aria-keyshortcuts="Control+Enter"
          >
            {confirm}
          </Button>
        )}
      </div>
    </Modal>
  );
}
