import type { ShopOptions } from '../shops.ts';
import type {
  BulkUpload,
  CardTransaction,
  Challenge,
  GatewayMail,
  Issue,
  LedgerActor,
  Notice,
  RegisteredCustomer,
  StoreSlip,
  Token,
} from './entities.ts';
import type { LedgerState } from './states.ts';

/** All events of the ledger. The journal keeps them, one line per command. */
export type LedgerEvent =
  | { readonly kind: 'opened'; readonly transaction: CardTransaction }
  | MovedTransaction
  | { readonly kind: 'removed'; readonly seqno: string }
  | { readonly kind: 'customer_registered'; readonly customer: RegisteredCustomer }
  | { readonly kind: 'customer_left'; readonly shopId: string; readonly customerId: string }
  | { readonly kind: 'token_issued'; readonly token: Token }
  | { readonly kind: 'token_used'; readonly token: string }
  | { readonly kind: 'challenge_opened'; readonly challenge: Challenge }
  | { readonly kind: 'challenge_closed'; readonly key: string }
  | { readonly kind: 'issue_put'; readonly issue: Issue }
  | { readonly kind: 'slip_put'; readonly slip: StoreSlip }
  | { readonly kind: 'bulk_accepted'; readonly bulk: BulkUpload }
  | { readonly kind: 'bulk_finished'; readonly key: string }
  | { readonly kind: 'notice_put'; readonly notice: Notice }
  | { readonly kind: 'mailed'; readonly mail: GatewayMail }
  | { readonly kind: 'shop_changed'; readonly shopId: string; readonly settings: ShopOptions }
  /** `stoppedAt`: the clock stands still there, except for the offset; null lets it go again. */
  | { readonly kind: 'clock_stopped'; readonly stoppedAt: number | null }
  | { readonly kind: 'clock_moved'; readonly offsetMs: number }
  | { readonly kind: 'reset' };

export type MovedTransaction = {
  readonly kind: 'moved';
  readonly seqno: string;
  readonly to: LedgerState;
  readonly at: number;
  readonly what: string;
  readonly by: LedgerActor;
};
