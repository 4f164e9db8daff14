import { Progress } from '@mantine/core';
import type { RunDetail } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { useSlowly } from '../../ui/browser/use-slowly.ts';

/** The progress of a run: a bar for the eyes, and a sentence now and then for the ears. */
export function RunProgress({ run }: { readonly run: RunDetail }) {
  const { t } = useTranslation();
  const { counts, rows } = run;
  const all = rows.length - counts.excluded;
  const unknown = counts.unknown + counts.review;
  const facts = { all, done: counts.succeeded, failed: counts.failed, unknown };
  const sentence = t('run.progress', facts);
  const said = useSlowly(sentence);
  const share = (count: number) => (all === 0 ? 0 : (count / all) * 100);
  return (
    <div>
      <p aria-hidden="true" className="quiet">
        {sentence}
      </p>
      <span role="status" className="spoken">
        {said}
      </span>
      <Progress.Root size="lg" mt={6} aria-hidden="true">
        <Progress.Section value={share(counts.succeeded)} color="green.8" />
        <Progress.Section value={share(counts.failed)} color="red.7" />
        <Progress.Section value={share(unknown)} color="yellow.7" />
      </Progress.Root>
    </div>
  );
}
