import { Button } from '@mantine/core';
import type { UseInfiniteQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { Loading } from './loading.tsx';
import { ReadFailure } from './problem.tsx';

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

/** A list that is read page by page: that it is read, why it could not be, and the way on. */
export function Paged(props: {
  readonly list: List;
  /** How many lines it takes while it is read. */
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
