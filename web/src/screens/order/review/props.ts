import type { OperationView, OrderView } from '@renkei/backoffice/contract';

export type ReviewProps = { readonly order: OrderView; readonly operation: OperationView };
