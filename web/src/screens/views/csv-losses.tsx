import { Button, TextInput } from '@mantine/core';
import type { ExportCheck } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { FileErrors } from '../../ui/data/file-errors.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { useAnswers } from '../file-answers/use-answers.ts';

/** What a file would lose: characters to replace, and orders to leave out by one press. */
export function CsvLosses(props: {
  readonly check: ExportCheck;
  readonly busy: boolean;
  readonly onReplaced: () => void;
  readonly onLeaveOut: () => void;
}) {
  const { check, busy, onReplaced, onLeaveOut } = props;
  const { t } = useTranslation();
  const { orders, leftOut, losses } = check;
  return (
    <Notice tone="warn" role="alert" title={t('answers.losing', { count: leftOut.length })}>
      <div className="stack">
        <Characters characters={check.characters} onReplaced={onReplaced} />
        <FileErrors
          errors={losses.map((loss) => ({
            ...loss,
            column: t('common.labelled', { label: loss.orderNumber, text: loss.column ?? '' }),
          }))}
          caption={t('answers.losses')}
        />
        {orders > 0 && (
          <div>
            <Button variant="default" loading={busy} onClick={onLeaveOut}>
              {t('answers.leaveOut', { out: leftOut.length, count: orders })}
            </Button>
          </div>
        )}
      </div>
    </Notice>
  );
}

/** Each character that Shift_JIS lacks, with what is written in its place from now on. */
function Characters(props: {
  readonly characters: ExportCheck['characters'];
  readonly onReplaced: () => void;
}) {
  const { characters, onReplaced } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const [typed, setTyped] = useState<Readonly<Record<string, string>>>({});
  const { press, progress } = useAnswers(
    () =>
      characters.flatMap(({ character: asked, proposal }) => {
        const answer = typed[asked] ?? proposal;
        return answer === null ? [] : [{ kind: 'character', asked, answer }];
      }),
    onReplaced,
  );
  if (characters.length === 0) return null;
  const isNothingKnown = characters.every(
    ({ character, proposal }) => (typed[character] ?? proposal) === null,
  );
  return (
    <>
      <p>{t('answers.charactersLead')}</p>
      {characters.map(({ character, codePoint, orders, proposal }) => (
        <TextInput
          key={character}
          label={t('answers.character', {
            character,
            codePoint,
            orders: t('imports.orders', { count: orders }),
          })}
          description={proposal === '' ? t('answers.dropped') : undefined}
          maw={240}
          maxLength={10}
          value={typed[character] ?? proposal ?? ''}
          onChange={({ currentTarget: { value } }) =>
            setTyped((now) => ({ ...now, [character]: value }))
          }
        />
      ))}
      <ProgressNotice progress={progress} onResend={() => void press()} />
      <div>
        <GuardedButton
          denied={denied('import_file')}
          disabled={isNothingKnown}
          loading={progress.kind === 'sending'}
          onClick={() => void press()}
        >
          {t('answers.replace')}
        </GuardedButton>
      </div>
    </>
  );
}
