import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/client.ts';
import { Notice } from '../../ui/notice/notice.tsx';

/** Sends a small form. Missing fields come first; an error stands above the fields. */
export function useForm(send: () => Promise<void>) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);

  async function submit(event: FormEvent, missing: string | null): Promise<void> {
    event.preventDefault();
    setSaid(missing);
    if (missing !== null || busy) return;
    setBusy(true);
    await send().catch((error: unknown) => {
      setSaid(error instanceof ProblemError ? error.problem.detail : t('common.unreachable'));
    });
    setBusy(false);
  }

  const error = said === null ? null : <Notice tone="bad" role="alert" title={said} />;
  return { busy, submit, error };
}
