import type { PlaceOrder } from '@renkei/contract/orders/place-order.ts';
import { PAYMENT_KIND, type PaymentKind } from '@renkei/core/domain/order/states.ts';
import type { ColumnName, OrderReader } from '../text/columns.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';
import {
  AMOUNT,
  AUTH_CODE,
  AUTHENTICATION_KIND,
  DATE_TIME,
  foldCell,
  PAID,
  SEQNO,
  SLIP_ID,
} from '../text/values.ts';
import { findPaymentKind, type PaymentMethods } from './payment-kind.ts';

type PaymentOfOrder = Pick<PlaceOrder, 'paymentKind' | 'paymentMethod' | 'transaction'>;

export type PaymentRead =
  | { readonly kind: 'read'; readonly payment: PaymentOfOrder }
  /** The errors say why. */
  | { readonly kind: 'wrong' }
  /** Nobody has told yet of which kind this 決済方法 is. */
  | { readonly kind: 'unknown_method'; readonly method: string };

/**
 * Reads the payment of an order. A card order with F-REGI's numbers is authorized, for F-REGI承認金額
 * or otherwise the billed amount. Paid orders are refused: only F-REGI knows whether they were
 * captured.
 */
export function readPayment(
  reader: OrderReader,
  billed: number,
  methods: PaymentMethods,
): PaymentRead {
  const { text } = reader;
  const wrong = (field: ColumnName, message: Bilingual): PaymentRead => {
    reader.wrong(field, message);
    return { kind: 'wrong' };
  };
  if (reader.optional('paid', PAID, false)) return wrong('paid', SAYS.alreadyPaid());
  if (foldCell(text('paidOn')) !== '') return wrong('paidOn', SAYS.alreadyPaid());

  const paymentMethod = text('paymentMethod');
  if (foldCell(paymentMethod) === '') return wrong('paymentMethod', SAYS.blank());
  const found = findPaymentKind(paymentMethod, text('paymentKind'), methods);
  if (found.kind === 'wrong') return wrong('paymentKind', found.message);
  if (found.kind === 'unknown') {
    reader.wrong('paymentMethod', SAYS.unknownMethod());
    return { kind: 'unknown_method', method: paymentMethod };
  }
  const { paymentKind } = found;
  const judged = judgeNumbers(reader, paymentKind);
  if (judged !== null) return wrong(judged.field, judged.message);
  const payment = { paymentKind, paymentMethod };
  if (foldCell(text('seqno')) === '') return { kind: 'read', payment };
  const transaction = readTransaction(reader, billed);
  return { kind: 'read', payment: { paymentKind, paymentMethod, transaction } };
}

/** Requires F-REGI's two numbers together, and only with a card. */
function judgeNumbers(
  { text }: OrderReader,
  paymentKind: PaymentKind,
): { readonly field: ColumnName; readonly message: Bilingual } | null {
  const hasSeqno = foldCell(text('seqno')) !== '';
  const hasAuthCode = foldCell(text('authCode')) !== '';
  if (!hasSeqno && !hasAuthCode) return null;
  if (!PAYMENT_KIND[paymentKind].linked) {
    return { field: 'seqno', message: SAYS.transactionOfOtherKind() };
  }
  if (hasSeqno && hasAuthCode) return null;
  return { field: hasSeqno ? 'authCode' : 'seqno', message: SAYS.halfOfTransaction() };
}

function readTransaction(reader: OrderReader, billed: number): PaymentOfOrder['transaction'] {
  const slipId = reader.optional('slipId', SLIP_ID, null);
  const authorizedAt = reader.optional('authorizedAt', DATE_TIME, null);
  const authentication = reader.optional('authentication', AUTHENTICATION_KIND, null);
  return {
    kind: 'authorized',
    seqno: reader.required('seqno', SEQNO),
    authCode: reader.required('authCode', AUTH_CODE),
    amount: reader.optional('authorizedAmount', AMOUNT, billed),
    ...(slipId === null ? {} : { slipId }),
    ...(authorizedAt === null ? {} : { authorizedAt }),
    ...(authentication === null ? {} : { authentication }),
  };
}
