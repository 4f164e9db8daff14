import type { Command } from '../commands/command.ts';
import type { OrderStatus, PaymentKind, TransactionState } from '../order/states.ts';
import { REMEDY, type Remedy } from '../reasons/remedies.ts';
import type { RedirectSeen } from '../transaction/redirect.ts';
import type { JstDate } from '../values/jst.ts';
import type { Yen } from '../values/yen.ts';
import type { StoryId } from './drift-stories.ts';
import type { TheirSide } from './sighted.ts';

/**
 * 不一致: every way in which an order and F-REGI can disagree. The list is closed: the attention list
 * holds only these kinds, and the table test covers all of them.
 */
export const DRIFT = {
  /** Marked paid, but nothing captured: the money will not arrive. */
  paid_not_captured: { id: 'D1', ja: '入金済・売上なし', en: 'Paid, not captured' },
  /** Captured, but 未入金: after 入金日取消 (U1), or captured at the console. */
  captured_not_paid: { id: 'D2', ja: '未入金・売上済', en: 'Captured, not paid' },
  /** 未入金, and the authorization is gone: voided, or its amount changed at the console (A2). */
  link_broken: { id: 'D3', ja: '連携切れ', en: 'Link broken' },
  /**
   * The order has left, or is on hold; the authorization still uses the customer's credit line
   * (V4).
   */
  authorization_left: { id: 'D4', ja: '承認の残り', en: 'Authorization left' },
  /** The order was cancelled or returned, but the customer is charged (V4). */
  charge_left: { id: 'D5', ja: '売上の残り', en: 'Charge left' },
  /** Paid, but captured for another amount than billed (A3, C4, U2). */
  amount_differs: { id: 'D6', ja: '金額相違', en: 'Amount differs' },
  /** Paid by another method, or 決済不要, but the card transaction is still live (P2). */
  other_method_live: { id: 'D7', ja: '別決済・取引の残り', en: 'Other method, still live' },
  /** F-REGI or the card company refused: 承認失敗, 売上失敗. */
  gateway_refused: { id: 'D8', ja: '承認・売上の失敗', en: 'Refused at F-REGI' },
  /** 結果確認中 for too long, or 要確認. */
  outcome_unknown: { id: 'D9', ja: '結果確認中', en: 'Outcome unknown' },
  /** Authorized, not captured, and the deadline is near or has passed (C10). */
  deadline_near: { id: 'D10', ja: '承認期限', en: 'Capture deadline' },
  /** A due pre-order without authorization, or a failed authorization (B2, B3). */
  not_authorized_yet: { id: 'D11', ja: '承認待ち', en: 'Not authorized yet' },
  /** A transaction without an order, or two live transactions for one order. */
  stray_transaction: { id: 'D12', ja: '余分な取引', en: 'Stray transaction' },
  /** F-REGI does not know the order's 取引番号. */
  not_found: { id: 'D13', ja: 'F-REGIに取引なし', en: 'Not found at F-REGI' },
  /** Paid at the store, and by another way, or at the store twice: money is due back (L2). */
  paid_twice: { id: 'D14', ja: '二重入金', en: 'Paid twice' },
  /** Paid at the store after 取消, 返品 or 未回収: money is due back, or goods are. */
  paid_after_leaving: { id: 'D15', ja: '取消後の入金', en: 'Paid after the order had left' },
  /** Paid at the store, and 未入金: another amount, another method, or 入金日取消. */
  paid_not_recorded: { id: 'D16', ja: '未入金・店頭支払済', en: 'Paid at the store, not here' },
  /** 入金済 by a payment that was reversed (決済完了後取消): the money does not arrive. */
  payment_reversed: { id: 'D17', ja: '入金済・支払取消', en: 'Paid, then reversed' },
  /** Nobody is to pay it any more, or not so much, and the customer still can. */
  still_payable: { id: 'D18', ja: '支払可能な発行の残り', en: 'Can still be paid' },
  /** F59: a command above a limit waits for a second person. */
  second_person_awaited: {
    id: 'D19',
    ja: '別の担当者の確認待ち',
    en: 'Awaits a second person',
  },
  /** S6: one person's file says that it is captured; nobody else has said so. */
  file_unconfirmed: { id: 'D20', ja: 'CSVの確認待ち', en: 'CSV to confirm' },
} as const;
export type DriftKind = keyof typeof DRIFT;

/**
 * `now`: money moves by itself if nobody acts. `today`: it may move soon. `later`: it waits for a
 * date.
 */
export const URGENCIES = ['now', 'today', 'later'] as const;
export type Urgency = (typeof URGENCIES)[number];

/** Our side of the comparison. */
export type OurSide = {
  readonly status: OrderStatus;
  readonly paidOn: JstDate | null;
  readonly paymentKind: PaymentKind;
  readonly billed: Yen;
  readonly transactionState: TransactionState | null;
  readonly seqno: string | null;
  readonly amount: Yen | null;
};

/**
 * The fields of ours that disagree with F-REGI, for marking on a screen: `status`, `payment` and
 * `method` against F-REGI's status; `state` only if our record of it differs from theirs.
 */
export const DIFFERING = [
  'status',
  'payment',
  'method',
  'state',
  'amount',
  'seqno',
  'time',
] as const;
type DifferingField = (typeof DIFFERING)[number];

/** A remedy for a drift. Renkei carries a command out as it is; advice guides a person. */
export type Repair =
  | { readonly kind: 'command'; readonly id: RepairId; readonly command: Command }
  | { readonly kind: 'advice'; readonly id: RepairId };

/** The remedies that a drift offers, the best known first if a drift lists several. */
const REPAIR_IDS = [
  'capture',
  'relink',
  'adopt_amount',
  'record_as_paid',
  'cancel_transaction',
  'cancel_stray',
  'change_captured_amount',
  'settle_otherwise',
  'revoke_payments',
  'unmark_paid',
  'mark_paid',
  'authorize',
  'look_again',
  'answer_review',
  'see_proposal',
  'confirm_file',
  'change_method',
  'ask_customer',
  'check_at_gateway',
  'check_settings',
  'refund_otherwise',
  'reopen_order',
] as const satisfies readonly Remedy[];
export type RepairId = (typeof REPAIR_IDS)[number];

/** The repairs by id, with the words of the remedies. */
export const REPAIR = Object.fromEntries(REPAIR_IDS.map((id) => [id, REMEDY[id]])) as {
  readonly [Id in RepairId]: (typeof REMEDY)[Id];
};

/** Returns the repair to suggest; undefined if a person has to choose between two (M5). */
export function suggestedOf(story: StoryId, repairs: readonly Repair[]): Repair | undefined {
  return story === 'link_broken_other_amount' ? undefined : repairs[0];
}

/** One finding of a comparison. Pure data: it is stored, shown, and closed when it is gone. */
export type Drift = {
  readonly kind: DriftKind;
  /** The case within the kind; selects the two sentences. */
  readonly story: StoryId;
  readonly urgency: Urgency;
  /** The yen concerned. */
  readonly amount: Yen;
  /** The JST date by which a person must have acted; null if none is known. */
  readonly dueOn: JstDate | null;
  /** Null for a transaction without a known order. */
  readonly ours: OurSide | null;
  readonly theirs: readonly TheirSide[];
  /** The payments of the order at F-REGI, where it is about those. */
  readonly redirects?: readonly RedirectSeen[];
  readonly differs: readonly DifferingField[];
  readonly repairs: readonly Repair[];
  /**
   * The facts of the finding, without times. Two findings with the same fingerprint are the same
   * fact; an item closed by a person stays closed until its fingerprint changes.
   */
  readonly fingerprint: string;
};
