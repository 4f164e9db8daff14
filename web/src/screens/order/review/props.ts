import type { OperationView, OrderView } from '@renkei/contract';

export type ReviewProps = { readonly order: OrderView; readonly operation: OperationView };
