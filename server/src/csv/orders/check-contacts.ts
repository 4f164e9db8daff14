import { domesticPhoneOf, isRuinedPhone } from '@renkei/core/domain/values/phone.ts';
import { isRuinedPostalCode, postalCodeOf } from '@renkei/core/domain/values/postal-code.ts';
import { COLUMNS, type OrderReader } from '../text/columns.ts';
import type { ErrorList } from '../text/error-list.ts';
import { SAYS } from '../text/messages.ts';
import { foldCell } from '../text/values.ts';

const CONTACTS = {
  customer: { phone: 'phone', postalCode: 'postalCode' },
  destination: { phone: 'toPhone', postalCode: 'toPostalCode' },
} as const;

/**
 * Checks the phone and the postal code of a person in a row. A spreadsheet's ruins are errors, because
 * the digits are lost. A text that is no number of Japan (a customer abroad, なし) is a warning: the
 * cart took it.
 */
export function checkContacts(
  reader: OrderReader,
  of: keyof typeof CONTACTS,
  warnings: ErrorList,
): void {
  const fields = CONTACTS[of];
  const phone = foldCell(reader.text(fields.phone));
  const postalCode = foldCell(reader.text(fields.postalCode));
  const warn = (field: 'phone' | 'postalCode', message: Parameters<ErrorList['add']>[2]) =>
    warnings.add(reader.line, COLUMNS[fields[field]].name, message, reader.text(fields[field]));

  if (isRuinedPhone(phone)) reader.wrong(fields.phone, SAYS.ruinedPhone());
  else if (phone !== '' && domesticPhoneOf(phone) === null) warn('phone', SAYS.notPhone());
  if (isRuinedPostalCode(postalCode)) reader.wrong(fields.postalCode, SAYS.ruinedPostalCode());
  else if (postalCode !== '' && postalCodeOf(postalCode) === null) {
    warn('postalCode', SAYS.notPostalCode());
  }
}
