import { Button } from '@mantine/core';
import type { Problem } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { Notice } from '../notice/notice.tsx';
import { useConfirmText } from './confirm-text.tsx';

/**
 * S2: the server wants a person to type the number to confirm it; the screen then sends the same
 * request with that number. It is a question and no failure: nothing has been done yet.
 */
export function ConfirmAgain(props: {
  readonly problem: Problem;
  readonly onConfirm: (typed: string) => void;
}) {
  const { problem, onConfirm } = props;
  const { t } = useTranslation();
  const value = problem.confirm?.value ?? '';
  const typed = useConfirmText({
    wanted: value,
    label: t('confirm.label', { value }),
    wrong: t('confirm.wrong', { value }),
  });
  return (
    <Notice
      tone="warn"
      role="alert"
      title={problem.reason?.cause ?? problem.detail}
      actions={
        <Button
          size="compact-md"
          onClick={() => {
            if (typed.isRight()) onConfirm(value);
          }}
        >
          {t('confirm.button')}
        </Button>
      }
    >
      {typed.field}
    </Notice>
  );
}
