import type { ShopSettings } from '../shops.ts';
import type {
  Actor,
  Bulk,
  Challenge,
  Customer,
  Issue,
  Mail,
  Notice,
  StoreSlip,
  Token,
  Transaction,
} from './entities.ts';
import type { State } from './states.ts';

/** All events of the ledger. The journal keeps them, one line per command. */
export type LedgerEvent =
  | { readonly kind: 'opened'; readonly transaction: Transaction }
  | Moved
  | { readonly kind: 'removed'; readonly seqno: string }
  | { readonly kind: 'customer_registered'; readonly customer: Customer }
  | { readonly kind: 'customer_left'; readonly shopId: string; readonly customerId: string }
  | { readonly kind: 'token_issued'; readonly token: Token }
  | { readonly kind: 'token_used'; readonly token: string }
  | { readonly kind: 'challenge_opened'; readonly challenge: Challenge }
  | { readonly kind: 'challenge_closed'; readonly key: string }
  | { readonly kind: 'issue_put'; readonly issue: Issue }
  | { readonly kind: 'slip_put'; readonly slip: StoreSlip }
  | { readonly kind: 'bulk_accepted'; readonly bulk: Bulk }
  | { readonly kind: 'bulk_finished'; readonly key: string }
  | { readonly kind: 'notice_put'; readonly notice: Notice }
  | { readonly kind: 'mailed'; readonly mail: Mail }
  | { readonly kind: 'shop_changed'; readonly shopId: string; readonly settings: ShopSettings }
  /** `stoppedAt`: the clock stands still there, except for the offset; null lets it go again. */
  | { readonly kind: 'clock_stopped'; readonly stoppedAt: number | null }
  | { readonly kind: 'clock_moved'; readonly offsetMs: number }
  | { readonly kind: 'reset' };

export type Moved = {
  readonly kind: 'moved';
  readonly seqno: string;
  readonly to: State;
  readonly at: number;
  readonly what: string;
  readonly by: Actor;
};
