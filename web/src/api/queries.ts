import type {
  AmountsPreview,
  EditAmounts,
  Me,
  OperationView,
  OrderList,
  OrderTab,
  OrderView,
  Preview,
  Run,
  RunAgain,
  RunDetail,
  RunPreview,
  RunPreviewRequest,
  Settings,
} from '@renkei/contract';
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { ask } from './client.ts';

/** Filters and sorting of the list in the API’s names, and a page. */
export type OrderListWish = {
  readonly [filter: string]: string | number | undefined;
  readonly tab: OrderTab;
  readonly limit: number;
  readonly cursor?: string | undefined;
};

const ASKING_MS = 1_500;
const IN_DOUBT_MS = 3_000;
const MAILING_MS = 1_500;
/** The comparison after a change takes a moment; the page does not wait for it longer than this. */
const COMPARING_MS = 300;
const COMPARING_LOOKS_MAX = 40;
/** A mail that is still waiting after these reads waits for its server; the page stops asking. */
const MAIL_LOOKS_MAX = 12;

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => ask<Me>('GET', '/v1/me', { signal }),
  staleTime: 60_000,
});

export function ordersQuery(shop: string, wish: OrderListWish) {
  return queryOptions({
    queryKey: ['orders', shop, wish],
    queryFn: ({ signal }) => listOrders(shop, wish, signal),
    placeholderData: keepPreviousData,
  });
}

export function listOrders(shop: string, wish: OrderListWish, signal?: AbortSignal) {
  return ask<OrderList>('GET', '/v1/orders', {
    shop,
    query: { ...wish },
    ...(signal && { signal }),
  });
}

/**
 * An order. The query refetches while an operation or a 発行取消 is open, until a change is compared
 * with F-REGI, and until the order's mail has gone out: the next press then acts on the state that
 * the person sees.
 */
export function orderQuery(shop: string, orderNumber: string) {
  return queryOptions({
    queryKey: ['order', shop, orderNumber],
    queryFn: ({ signal }) => ask<OrderView>('GET', `/v1/orders/${orderNumber}`, { shop, signal }),
    refetchInterval({ state }) {
      const open = state.data?.openOperation;
      if (open) return open.state === 'asking' ? ASKING_MS : IN_DOUBT_MS;
      if (state.data && isRevoking(state.data)) return IN_DOUBT_MS;
      if (state.data?.health.isComparisonDue) {
        return state.dataUpdateCount < COMPARING_LOOKS_MAX ? COMPARING_MS : IN_DOUBT_MS;
      }
      const looksOn = state.data !== undefined && isMailUnderway(state.data);
      return looksOn && state.dataUpdateCount < MAIL_LOOKS_MAX ? MAILING_MS : false;
    },
  });
}

/** K3: true while Renkei is at 発行取消 of a payment. */
function isRevoking({ redirectPayment, otherRedirectPayments }: OrderView): boolean {
  return [redirectPayment, ...otherRedirectPayments].some(
    (payment) => payment?.revocation?.outcome === null,
  );
}

/** Events that send a mail by themselves if the operator wanted one. */
const MAILED: readonly string[] = ['order_shipped', 'status_changed'];

function isMailUnderway({ paidOn, paymentMail, timeline }: OrderView): boolean {
  if (paidOn !== null && paymentMail.sending === 'auto' && paymentMail.sentCount === 0) return true;
  const last = timeline.find(({ kind }) => kind === 'mail_sent' || MAILED.includes(kind));
  return last !== undefined && (last.facts.mail === 'auto' || last.facts.mail === true);
}

/** The commands on an order that have a preview: the names under the order's URL. */
export type PreviewOf =
  | 'payment'
  | 'payment-date'
  | 'status'
  | 'method'
  | 'settlements'
  | 'revocations';

/** The preview of a command on an order (M6). */
export function previewQuery(
  shop: string,
  order: Pick<OrderView, 'orderNumber' | 'version'>,
  what: PreviewOf,
  body: unknown,
) {
  const { orderNumber, version } = order;
  return queryOptions({
    queryKey: ['preview', shop, orderNumber, version, what, body],
    queryFn: ({ signal }) =>
      ask<Preview>('POST', `/v1/orders/${orderNumber}/${what}/preview`, { shop, body, signal }),
    staleTime: 0,
    gcTime: 0,
  });
}

/** The preview of an edit of the amounts while somebody types it. */
export function amountsPreviewQuery(
  shop: string,
  { orderNumber, version }: Pick<OrderView, 'orderNumber' | 'version'>,
  body: EditAmounts,
) {
  const path = `/v1/orders/${orderNumber}/amounts/preview`;
  return queryOptions({
    queryKey: ['amounts-preview', shop, orderNumber, version, body],
    queryFn: ({ signal }) => ask<AmountsPreview>('POST', path, { shop, body, signal }),
    staleTime: 0,
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

export function runPreviewQuery(shop: string, body: RunPreviewRequest) {
  return queryOptions({
    queryKey: ['run-preview', shop, body],
    queryFn: ({ signal }) => ask<RunPreview>('POST', '/v1/runs/preview', { shop, body, signal }),
    staleTime: Number.POSITIVE_INFINITY, // The server checks it at the press.
    gcTime: 0,
    placeholderData: keepPreviousData,
  });
}

export function runsQuery(shop: string) {
  return queryOptions({
    queryKey: ['runs', shop],
    queryFn: ({ signal }) => ask<{ items: Run[] }>('GET', '/v1/runs', { shop, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isGoingOn) ? 2_000 : false),
  });
}

export function runQuery(shop: string, id: string) {
  return queryOptions({
    queryKey: ['run', shop, id],
    queryFn: ({ signal }) => ask<RunDetail>('GET', `/v1/runs/${id}`, { shop, signal }),
    staleTime: Number.POSITIVE_INFINITY, // The stream of its events keeps it fresh.
  });
}

/**
 * The rows of an ended run that another run can carry out, judged by the orders as they are now.
 */
export function runAgainQuery(shop: string, id: string) {
  return queryOptions({
    queryKey: ['run', shop, id, 'again'],
    queryFn: ({ signal }) => ask<RunAgain>('GET', `/v1/runs/${id}/again`, { shop, signal }),
  });
}

/** True while the run can still change by itself. */
export function isGoingOn({ state, counts }: Run): boolean {
  return state === 'running' || state === 'paused' || counts.asking + counts.unknown > 0;
}

export function settingsQuery(shop: string) {
  return queryOptions({
    queryKey: ['settings', shop],
    queryFn: ({ signal }) => ask<Settings>('GET', '/v1/settings', { shop, signal }),
  });
}

/** 今すぐ照会: looks an uncertain operation up; never sends the call again. */
export function checkOperation(shop: string, id: string): Promise<OperationView> {
  return ask('POST', `/v1/operations/${id}/check`, { shop });
}
