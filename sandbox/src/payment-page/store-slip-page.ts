import { html } from '../browser/html.ts';
import { redirect, sendPage } from '../browser/page.ts';
import { STORES, slipDueOn } from '../endpoints/store-slip.ts';
import type { FregiGateway } from '../gateway.ts';
import type { StoreSlip } from '../ledger/entities.ts';
import type { Visit } from '../visit.ts';

/** 払込票, as a browser shows it. A press pays it; the real slip is paid at the store. */
export async function answerStoreSlip({ gateway, path, request, response }: Visit): Promise<void> {
  const slip = gateway.ledger.slips.get(path[2] ?? '');
  if (slip === undefined) {
    return sendPage(response, '払込票', html`<p class="wrong">払込票が見つかりません。</p>`, 404);
  }
  if (request.method === 'POST') {
    await payStoreSlip(gateway, slip);
    return redirect(response, `/sandbox/slip/${slip.seqno}`);
  }
  const isOver = slip.paidAt === null && slip.expiresAt < gateway.now();
  const press = html`<form method="post"><button>店頭で支払ったことにする</button></form>`;
  sendPage(
    response,
    '払込票',
    html`${slip.paidAt === null ? null : html`<p class="fine">支払済みです。</p>`}
    ${isOver ? html`<p class="wrong">支払期限が過ぎています。</p>` : null}
    <dl><dt>コンビニ</dt><dd>${STORES[slip.store] ?? slip.store}</dd>
    <dt>払込票番号</dt><dd>${slip.number}</dd><dt>伝票番号</dt><dd>${slip.id}</dd>
    <dt>支払期限</dt><dd>${slipDueOn(slip)}</dd>
    <dt>金額</dt><dd class="total">${slip.amount.toLocaleString('en')}円</dd></dl>
    ${slip.paidAt === null && !isOver ? press : null}`,
  );
}

/** Pays a slip at the store; null if it is paid already or too late. */
export async function payStoreSlip(
  gateway: FregiGateway,
  slip: StoreSlip,
): Promise<StoreSlip | null> {
  const now = gateway.now();
  if (slip.paidAt !== null || slip.expiresAt < now) return null;
  const paid: StoreSlip = { ...slip, paidAt: now };
  await gateway.record([{ kind: 'slip_put', slip: paid }]);
  return paid;
}
