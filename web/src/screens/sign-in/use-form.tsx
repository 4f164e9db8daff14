import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ProblemError } from '../../api/client.ts';
import { Notice } from '../../ui/notice/notice.tsx';
import { PasskeyUnanswered } from './passkey.ts';

/** Sends a small form. Missing fields come first; an error stands above the fields. */
export function useForm(send: () => Promise<void>) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const [said, setSaid] = useState<string | null>(null);

  function wordsOf(error: unknown): string {
    if (error instanceof ProblemError) return error.problem.detail;
    return t(error instanceof PasskeyUnanswered ? 'signIn.unanswered' : 'common.unreachable');
  }

  async function submit(event: FormEvent, missing: string | null): Promise<void> {
    event.preventDefault();
    setSaid(missing);
    if (missing !== null || busy) return;
    setBusy(true);
    await send().catch((error: unknown) => {
      setSaid(wordsOf(error));
    });
    setBusy(false);
  }

  const error = said === null ? null : <Notice tone="bad" role="alert" title={said} />;
  return { busy, submit, error };
}
