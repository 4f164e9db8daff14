import type { OperationView, OrderView } from '@renkei/contract';

export type ReviewProps = {
  readonly order: OrderView;
  readonly operation: OperationView;
  /** The answer counts: the operation is settled. */
  readonly onSettled: () => void;
};
