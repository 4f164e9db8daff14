import type { AnswerFile, FileAnswers as Answers } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fileAnswersQuery } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Section } from '../../ui/data/section.tsx';
import { Table } from '../../ui/data/table.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { answerText } from './answer-text.ts';
import { useAnswers } from './use-answers.ts';

/** ファイルの読み替え: the shop's answers about its files; one that is removed is asked for again. */
export function FileAnswers() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data } = useQuery(fileAnswersQuery(shop.id));
  const answers = data?.answers ?? [];
  return (
    <Section title={t('answers.title')}>
      <div className="stack">
        <p className="quiet">{t('answers.lead')}</p>
        {data !== undefined && answers.length === 0 && (
          <Empty icon="list" title={t('answers.none')} />
        )}
        {answers.length > 0 && (
          <Table
            caption={t('answers.title')}
            head={
              <tr>
                <th scope="col">{t('answers.of')}</th>
                <th scope="col">{t('answers.asked')}</th>
                <th scope="col">{t('answers.answer')}</th>
                <th scope="col">{t('answers.remove')}</th>
              </tr>
            }
          >
            {answers.map((answer) => (
              <Row key={`${answer.kind} ${answer.asked}`} answer={answer} />
            ))}
          </Table>
        )}
      </div>
    </Section>
  );
}

function Row({ answer }: { readonly answer: Answers['answers'][number] }) {
  const { kind, asked } = answer;
  const { t } = useTranslation();
  const { denied } = useSession();
  const removal = { kind, asked, answer: null } as AnswerFile;
  const { press, progress } = useAnswers(
    () => [removal],
    () => undefined,
  );
  return (
    <tr>
      <td>{t(`answers.kind.${kind}`)}</td>
      <th scope="row">{asked}</th>
      <td>{answerText(t, answer)}</td>
      <td>
        <ProgressNotice progress={progress} onResend={() => void press()} />
        <GuardedButton
          variant="default"
          size="xs"
          denied={denied('import_file')}
          loading={progress.kind === 'sending'}
          onClick={() => void press()}
        >
          {t('answers.remove')}
        </GuardedButton>
      </td>
    </tr>
  );
}
