import type { RegisteredCustomer } from '../ledger/entities.ts';
import type { Parameters } from '../wire/form.ts';
import { missing } from './fields.ts';
import { type CgiOutcome, given, type Process, refuse, type Situation } from './outcome.ts';

/** For a card registered by a token of the API: such tokens carry no expiry. */
const EXPIRY_UNKNOWN = '12/39';
const CUSTOMER = { field: 6, label: '顧客番号' };

/** customerinfo: the last four digits, and month and year if asked (protocol §4.9). */
export function customerinfo(parameters: Parameters, situation: Situation): CgiOutcome {
  const found = findCustomer(parameters, situation, { name: '顧客情報取得', code: 'C1-1' });
  if ('lines' in found) return found;
  const { pan, expiry = EXPIRY_UNKNOWN } = found;
  const asked = parameters.get('GETEXPIRE') === '1' ? expiry.split('/') : [];
  return { lines: ['OK', pan.slice(-4), ...asked], events: [] };
}

/** leavecustomer: forgets the customer and the card (protocol §4.10). */
export function leavecustomer(parameters: Parameters, situation: Situation): CgiOutcome {
  const found = findCustomer(parameters, situation, { name: '顧客ID削除', code: 'C2-1' });
  if ('lines' in found) return found;
  const { shopId, customerId } = found;
  return { lines: ['OK'], events: [{ kind: 'customer_left', shopId, customerId }] };
}

/**
 * Finds the customer that a request names, or returns its refusal; codes and sentences are
 * invented.
 */
export function findCustomer(
  parameters: Parameters,
  { ledger, shopId }: Situation,
  process: Process,
): RegisteredCustomer | CgiOutcome {
  const customerId = given(parameters, 'CUSTOMERID');
  if (customerId === null) {
    const { code, text } = missing(process, CUSTOMER);
    return refuse(code, text);
  }
  const absent = `${process.name}時の指定された顧客は存在しません`;
  return ledger.customer(shopId, customerId) ?? refuse(`${process.code}-21`, absent);
}
