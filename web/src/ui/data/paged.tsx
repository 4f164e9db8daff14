import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from '../notice/loading.tsx';
import { ReadFailure } from '../notice/problem.tsx';

type List = Pick<
  UseInfiniteQueryResult,
  | 'data'
  | 'error'
  | 'isPending'
  | 'refetch'
  | 'hasNextPage'
  | 'isFetchingNextPage'
  | 'fetchNextPage'
>;

/** A list that the screen reads page by page: its progress, its failure, and the way on. */
export function Paged(props: {
  readonly list: List;
  /** The number of lines that stand in for the list while the screen reads it. */
  readonly rows: number;
  readonly failed: string;
  readonly more: string;
  readonly children: ReactNode;
}) {
  const { list, rows, failed, more, children } = props;
  return (
    <>
      {list.isPending && <Loading rows={rows} />}
      {list.error && !list.data && (
        <ReadFailure error={list.error} title={failed} onRetry={() => void list.refetch()} />
      )}
      {children}
      {list.hasNextPage && (
        <div>
          <Button
            variant="default"
            loading={list.isFetchingNextPage}
            onClick={() => void list.fetchNextPage()}
          >
            {more}
          </Button>
        </div>
      )}
    </>
  );
}
