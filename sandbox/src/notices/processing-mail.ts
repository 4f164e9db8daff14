import type { LedgerEvent } from '../ledger/events.ts';
import type { SandboxShop } from '../shops.ts';
import { formatInstant } from '../time.ts';
import type { Parameters } from '../wire/form.ts';

/**
 * 処理メール: goes to the shop's address after each deed of a CGI, unless QUIET=1 (protocol §4.1). The
 * mail is confirmed, its contents are invented.
 */
export function processingMail(
  shop: SandboxShop,
  cgi: string,
  parameters: Parameters,
  lines: readonly string[],
  at: number,
): LedgerEvent[] {
  if (shop.mailTo === undefined || parameters.get('QUIET') === '1') return [];
  const subject = `処理結果のお知らせ (${cgi})`;
  const text = [formatInstant(at), ...lines.filter((line) => line !== '')].join('\n');
  return [{ kind: 'mailed', mail: { at, shopId: shop.shopId, to: shop.mailTo, subject, text } }];
}
