import type { AnswerFile, FileAnswers } from '@renkei/contract';
import { queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** What the shop has answered about its files. */
export function fileAnswersQuery(shop: string) {
  return queryOptions({
    queryKey: ['file-answers', shop],
    queryFn: ({ signal }) => ask<FileAnswers>('GET', '/v1/file-answers', { shop, signal }),
  });
}

/** Keeps several answers, one after the other; sent again, they are the same. */
export async function saveAnswers(
  shop: string,
  key: string,
  answers: readonly AnswerFile[],
): Promise<FileAnswers> {
  let saved: FileAnswers = { answers: [] };
  for (const [n, body] of answers.entries()) {
    saved = await ask<FileAnswers>('PUT', '/v1/file-answers', { shop, key: `${key}-${n}`, body });
  }
  return saved;
}
