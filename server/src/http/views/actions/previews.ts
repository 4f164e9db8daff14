import type { AmountsPreview, Preview } from '@renkei/contract/orders/previews.ts';
import { digitsOf, isLarge } from '@renkei/core/domain/commands/confirmation.ts';
import type {
  CommandPreview,
  Edited,
  PreviewedAsk,
} from '@renkei/core/domain/commands/preview-command.ts';
import {
  billedOf,
  type Order,
  type Transaction,
  totalOf,
} from '@renkei/core/domain/order/order.ts';
import { taxesOf } from '@renkei/core/domain/order/tax.ts';
import type { Locale } from '@renkei/core/domain/reasons/index.ts';
import { scrubCall } from '../../../fregi/scrub.ts';
import { encodeAsk } from '../../../fregi/wire.ts';
import type { Shop } from '../../../store/shops/shops.ts';
import { presentReason } from '../reasons.ts';
import { presentAtStore, presentRedirects } from '../redirects.ts';

/** Returns the previewed result of a command, with its calls as they go over the wire (rule M6). */
export function presentPreview(
  order: Order,
  previewed: CommandPreview,
  shop: Shop,
  locale: Locale,
): Preview {
  const { version } = order;
  switch (previewed.kind) {
    case 'refuse': {
      const { reason, because, line } = previewed;
      return {
        decision: 'refuse',
        version,
        line,
        reason: presentReason(reason, locale, order),
        because: because && presentReason(because, locale, order),
      };
    }
    case 'record': {
      const { gateway, mail, waits, balance } = previewed;
      const left = previewed.left && { state: previewed.left.state, amount: previewed.left.amount };
      const notMade = presentRedirects(previewed.notMade);
      const store = presentAtStore(previewed);
      const said = { gateway, left, mail, waits, notMade, balance };
      return { decision: 'record', version, ...said, ...store };
    }
    case 'pursue': {
      const asks = previewed.asks.map((ask) => presentAsk(order, ask, shop));
      const { amount, irreversible, liability, mail, waits } = previewed;
      const doubt = previewed.doubt && presentReason(previewed.doubt, locale, order);
      const confirm = isLarge(amount, shop.confirm) ? digitsOf(order.orderNumber) : null;
      const said = { irreversible, doubt, liability, mail, waits, confirm };
      const store = presentAtStore(previewed);
      return { decision: 'pursue', version, amount, asks, ...said, ...store };
    }
    default:
      return previewed satisfies never;
  }
}

/** Returns the order after an edit: its sums, its taxes, and the result of marking it as paid. */
export function presentEdited(
  { edited, moved, markPaid }: Edited,
  shop: Shop,
  locale: Locale,
): NonNullable<AmountsPreview['after']> {
  const { amounts, lines } = edited;
  return {
    items: amounts.items,
    total: totalOf(amounts),
    billed: billedOf(amounts),
    taxes: taxesOf(amounts, lines),
    moved,
    markPaid: markPaid && presentPreview(edited, markPaid, shop, locale),
  };
}

/** Placeholders for numbers that F-REGI will assign. */
const NEW_SEQNO = '（新しい取引番号）';
const NEW_AUTH_CODE = '（新しい承認番号）';

export function presentAsk(order: Order, ask: PreviewedAsk, shop: Shop) {
  const { verb, seqno, authCode, amount } = ask;
  const { transaction, shopId } = order;
  const call = encodeAsk(shop.fregi.shopId, {
    shopId,
    verb,
    amount,
    seqno: seqno ?? NEW_SEQNO,
    authCode: seqno === null ? NEW_AUTH_CODE : authCode,
    slipId: transaction?.slipId ?? '',
    card: verb === 'authorize' ? previewedCard(transaction) : null,
  });
  return { verb, amount, call: scrubCall(call) };
}

/** Names a registered card by 顧客番号, otherwise the token that comes with the command. */
function previewedCard(transaction: Transaction | null) {
  const customerId = transaction?.customerId;
  return customerId ? { customerId } : { token: '***' };
}
