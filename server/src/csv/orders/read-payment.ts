import type { PlaceOrder } from '@renkei/contract/orders/place-order.ts';
import { PAYMENT_KIND, type PaymentKind } from '@renkei/core/domain/order/states.ts';
import { COLUMNS, type ColumnName } from '../text/columns.ts';
import type { ErrorList } from '../text/error-list.ts';
import { type Bilingual, SAYS } from '../text/messages.ts';
import type { RowReader } from '../text/row-reader.ts';
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
import { findPaymentKind } from './payment-kind.ts';

type PaymentRead = Pick<PlaceOrder, 'paymentKind' | 'paymentMethod' | 'transaction'>;

/**
 * Reads the payment of an order. A card order with F-REGI's numbers is authorized, for F-REGI承認金額
 * or otherwise the billed amount. Paid orders are refused: only F-REGI knows whether they were
 * captured. Null if the payment is unclear; the errors say why.
 */
export function readPayment(
  reader: RowReader,
  billed: number,
  errors: ErrorList,
): PaymentRead | null {
  const { line, text } = reader;
  const say = (field: ColumnName, message: Bilingual) => {
    errors.add(line, COLUMNS[field].name, message);
    return null;
  };
  if (reader.optional('paid', PAID, false)) return say('paid', SAYS.alreadyPaid());
  if (foldCell(text('paidOn')) !== '') return say('paidOn', SAYS.alreadyPaid());

  const paymentMethod = text('paymentMethod');
  if (foldCell(paymentMethod) === '') return say('paymentMethod', SAYS.blank());
  const named = text('paymentKind');
  const found = findPaymentKind(paymentMethod, named);
  if (found.kind === 'not_found') {
    return say(foldCell(named) === '' ? 'paymentMethod' : 'paymentKind', found.message);
  }
  const { paymentKind } = found;
  const wrong = judgeNumbers(reader, paymentKind);
  if (wrong !== null) return say(wrong.field, wrong.message);
  if (foldCell(text('seqno')) === '') return { paymentKind, paymentMethod };
  return { paymentKind, paymentMethod, transaction: readTransaction(reader, billed) };
}

/** Requires F-REGI's two numbers together, and only with a card. */
function judgeNumbers(
  { text }: RowReader,
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

function readTransaction(reader: RowReader, billed: number): PaymentRead['transaction'] {
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
