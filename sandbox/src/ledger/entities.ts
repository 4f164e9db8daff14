import type { LedgerState } from './states.ts';

/** The contents of the ledger. Amounts are yen, instants milliseconds since 1970 UTC. */
export type LedgerActor = 'shop' | 'console' | 'batch' | 'seed' | 'customer';

type Happening = { readonly at: number; readonly what: string; readonly by: LedgerActor };

/** A card transaction (protocol §11). */
export type CardTransaction = {
  readonly seqno: string;
  readonly shopId: string;
  /** 伝票番号; the new transaction of a change keeps it (protocol §14.8). */
  readonly id: string;
  readonly authCode: string;
  readonly amount: number;
  readonly state: LedgerState;
  /** By the sandbox's clock. */
  readonly authorizedAt: number;
  readonly customerId: string | null;
  /** The card, masked except its last four digits; a token or a customer may have named it. */
  readonly pan: string;
  /** For the new transaction of a change: the 取引番号 of the old one. */
  readonly changedFrom: string | null;
  /** 支払方法, as in PAYMODE; `00` if left out. */
  readonly payMode?: string;
  /** 売上日 of a monthly charge, 2012/11/08. */
  readonly saleOn?: string;
  readonly history: readonly Happening[];
};

/** A registered customer: a card for further charges (protocol §4.7). */
export type RegisteredCustomer = {
  readonly shopId: string;
  readonly customerId: string;
  readonly pan: string;
  /** MM/YY, if the card was registered by its number. */
  readonly expiry?: string;
  /** The card company cleans 月次課金, not 随時課金. */
  readonly mode?: 'monthly' | 'at_will';
  readonly registeredAt?: number;
};

/** A card under a name that is good once (protocol §6). */
export type Token = {
  readonly token: string;
  readonly pan: string;
  readonly expiresAt: number;
  /** The shop of the token; any shop if left out. */
  readonly shopId?: string;
  readonly expiry?: string;
  readonly securityCode?: SecurityCode;
};

/** The judgement on a security code; the code itself is not kept. */
export type SecurityCode = 'absent' | 'good' | 'bad';

/** A requested authorization: its future transaction, once the card's issuer agrees. */
export type Authorization = {
  readonly shopId: string;
  /** Null takes a new number. */
  readonly id: string | null;
  readonly amount: number;
  readonly pan: string;
  readonly expiry: string | null;
  readonly securityCode: SecurityCode;
  readonly customerId: string | null;
  readonly payMode: string;
  readonly registers: 'monthly' | 'at_will' | null;
  readonly capturesAtOnce: boolean;
  /** The extras of the answer, of REQUIRECOM, REQUIREAREA, REQUIRELID. */
  readonly extras: readonly Extra[];
};
export type Extra = 'CARDCOM' | 'IPAREA' | 'CARDLID';

/** An authorization that waits for its 3-D Secure challenge (protocol §7). */
export type Challenge = {
  readonly key: string;
  readonly authorization: Authorization;
  /** The issue that it pays, if it comes from the payment page. */
  readonly settleno: string | null;
  readonly expiresAt: number;
};

/** A payment issued for the payment page (リダイレクト決済, protocol §10). */
export type Issue = {
  readonly settleno: string;
  readonly shopId: string;
  readonly id: string;
  readonly amount: number;
  /** The kept state; `statusOf` returns the present one. */
  readonly status: 'issued' | 'cancelled' | 'begun' | 'completed' | 'broken_off';
  readonly issuedAt: number;
  readonly expiresAt: number;
  /** The offered groups of ways to pay: 10, 20, 30 …; all if empty. */
  readonly payTypes: readonly string[];
  /** The offered 支払方法 of a card: 10, 60, 61, 80; all if empty. */
  readonly payModes: readonly string[];
  readonly title: string;
  readonly userId: string | null;
  /** Keeps the customer's card without asking (AUTOREGISTER=1). */
  readonly autoRegister: boolean;
  readonly mode: 'monthly' | 'at_will';
  /** Null if none was given: then neither the return nor its checksum has it. */
  readonly free: string | null;
  /** The way of the payment: 11 card, 21 7-Eleven …; null until then. */
  readonly payType: string | null;
  readonly seqno: string | null;
  readonly authCode: string | null;
  /** Refusals in a row on the payment page. */
  readonly errors: number;
};

/** A convenience store's slip (convorder, protocol §10). */
export type StoreSlip = {
  readonly seqno: string;
  readonly shopId: string;
  readonly id: string;
  readonly amount: number;
  readonly store: string;
  readonly number: string;
  readonly expiresAt: number;
  readonly paidAt: number | null;
};

/** One line of a bulk charge, as it was given; null if it cannot be read. */
export type BulkRow = {
  readonly id: string;
  readonly customerId: string;
  readonly amount: string;
  readonly saleOn: string;
};
export type BulkUpload = {
  readonly key: string;
  readonly shopId: string;
  readonly rows: readonly BulkRow[];
};

export type NoticeKind = 'authorization' | 'completion' | 'bulk';

/** A notice to the shop, and its tries (protocol §8). */
export type Notice = {
  readonly key: string;
  readonly shopId: string;
  readonly kind: NoticeKind;
  readonly url: string;
  /** The form, percent-encoded EUC-JP. */
  readonly body: string;
  readonly tries: readonly { readonly at: number; readonly said: string; readonly ok: boolean }[];
  /** The instant of the next try; null once it has arrived or was given up. */
  readonly dueAt: number | null;
};

/** A mail that F-REGI would have sent. The sandbox sends none; it shows them. */
export type GatewayMail = {
  readonly at: number;
  readonly shopId: string;
  readonly to: string;
  readonly subject: string;
  readonly text: string;
};
