import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useConfirmText } from './confirm-text.tsx';

/** S2: the server wants it typed that so much is meant; the same request is then sent with it. */
export function ConfirmAgain(props: {
  readonly wanted: string;
  readonly onConfirm: (typed: string) => void;
}) {
  const { wanted, onConfirm } = props;
  const { t } = useTranslation();
  const typed = useConfirmText({
    wanted,
    label: t('confirm.label', { value: wanted }),
    wrong: t('confirm.wrong', { value: wanted }),
  });
  return (
    <div className="stack">
      {typed.field}
      <div>
        <Button
          size="compact-md"
          variant="default"
          onClick={() => {
            if (typed.isRight()) onConfirm(wanted);
          }}
        >
          {t('confirm.button')}
        </Button>
      </div>
    </div>
  );
}
