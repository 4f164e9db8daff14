import type { AnswerFile, FileAnswers } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { keepAnswer } from '../../api/cache.ts';
import { useCommand } from '../../api/command.ts';
import { fileAnswersQuery, saveAnswers } from '../../api/settings.ts';
import { useSession } from '../../app/session.tsx';

/** Keeps answers about files. */
export function useAnswers(answers: () => readonly AnswerFile[], onSaved: () => void) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const { queryKey } = fileAnswersQuery(shop.id);
  return useCommand<FileAnswers>({
    send: (key) => saveAnswers(shop.id, key, answers()),
    onDone(saved) {
      keepAnswer(queries, queryKey, saved);
      onSaved();
    },
    reread: () => queries.invalidateQueries({ queryKey }),
  });
}
