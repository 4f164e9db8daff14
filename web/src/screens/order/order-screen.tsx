import type { OrderView } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { orderQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { useShortcuts } from '../../ui/browser/keyboard.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { OrderHealth } from '../attention/order-health.tsx';
import { SharedSlip } from '../attention/shared-slip.tsx';
import { OrderMailsBlock } from '../mails/order-mails.tsx';
import { ContentBlock } from './content/content-block.tsx';
import { focusBlock } from './focus-block.ts';
import { Timeline } from './history/timeline.tsx';
import { MethodBlock } from './method/method-block.tsx';
import { MethodDialog } from './method/method-dialog.tsx';
import { Neighbours } from './neighbours.tsx';
import { OpenOperation } from './operation/open-operation.tsx';
import { Proposal } from './operation/proposal.tsx';
import classes from './order.module.css';
import { OrderFacts, OrderHead } from './order-facts.tsx';
import { ExceptionalPaymentDialog } from './payment/exceptional-payment-dialog.tsx';
import { PaymentBlock } from './payment/payment-block.tsx';
import { PaymentPanel } from './payment/payment-panel.tsx';
import { RedirectBlock } from './payment/redirect-block.tsx';
import { RemainingTransactionDialog } from './payment/remaining-transaction-dialog.tsx';
import { RevokeDialog } from './payment/revoke-dialog.tsx';
import { UnmarkDialog } from './payment/unmark-dialog.tsx';
import { CustomerBlock, DestinationBlock } from './people.tsx';
import { CorrectDialog } from './settle/correct-dialog.tsx';
import { SettleDialog } from './settle/settle-dialog.tsx';
import { CancelRequest } from './status/cancel-request.tsx';
import { StatusBlock } from './status/status-block.tsx';
import { StatusDialog } from './status/status-dialog.tsx';
import { type Desk as OrderDesk, useDesk, useHash } from './use-desk.ts';

const route = getRouteApi('/inside/orders/$orderNumber');

/** 受注詳細: everything about one order, and the commands that are possible now. */
export function OrderScreen() {
  const { orderNumber } = route.useParams();
  const { shop } = useSession();
  const { t } = useTranslation();
  const { data, error, refetch } = useQuery(orderQuery(shop.id, orderNumber));
  useTitle(`${orderNumber} ${t('order.title')}`);
  return (
    <>
      <Neighbours orderNumber={orderNumber} />
      {data === undefined && error === null && <Loading rows={10} />}
      {data === undefined && error !== null && (
        <ReadFailure error={error} title={t('order.failed')} onRetry={() => void refetch()} />
      )}
      {/* Another order gets another desk: no typed text goes along. */}
      {data && <Desk key={orderNumber} order={data} refetch={() => void refetch()} />}
    </>
  );
}

function Desk({ order, refetch }: { readonly order: OrderView; readonly refetch: () => void }) {
  const desk = useDesk(order, refetch);
  useHash(desk, order.health.items.length > 0);
  useShortcuts({ p: () => focusBlock('payment') });
  return (
    <>
      <OrderHead order={order} />
      {order.openOperation && order.operation && (
        <OpenOperation order={order} operation={order.operation} desk={desk} />
      )}
      <Proposal order={order} desk={desk} />
      <div className={classes.open} id="health">
        <CancelRequest order={order} desk={desk} />
        <OrderHealth order={order} />
        <SharedSlip order={order} />
      </div>
      <div className={classes.columns}>
        <div className={classes.main}>
          <Blocks order={order} desk={desk} />
        </div>
        <div className={classes.side}>
          <Timeline order={order} />
        </div>
      </div>
      <OpenDialog order={order} desk={desk} />
    </>
  );
}

type Props = { readonly order: OrderView; readonly desk: OrderDesk };

/** The order itself, block by block. */
function Blocks({ order, desk }: Props) {
  return (
    <>
      <OrderFacts order={order} />
      <StatusBlock order={order} desk={desk} />
      <PaymentPanel order={order} desk={desk} />
      <PaymentBlock order={order} desk={desk} />
      <RedirectBlock order={order} desk={desk} />
      <div className={classes.wide}>
        <ContentBlock order={order} desk={desk} />
      </div>
      <MethodBlock order={order} desk={desk} />
      <CustomerBlock order={order} />
      <div className={classes.wide}>
        <DestinationBlock order={order} desk={desk} />
      </div>
      <div className={classes.wide}>
        <OrderMailsBlock order={order} />
      </div>
    </>
  );
}

/** The dialog that is open at this desk, if any. */
function OpenDialog({ order, desk }: Props) {
  const { open } = desk;
  switch (open?.kind) {
    case 'without_gateway':
    case 'former_amount':
      return <ExceptionalPaymentDialog exception={open.kind} order={order} desk={desk} />;
    case 'method':
      return <MethodDialog order={order} to={open.to} cancel={open.cancel} desk={desk} />;
    case 'remaining_transaction':
      return <RemainingTransactionDialog order={order} desk={desk} />;
    case 'settle':
      return <SettleDialog order={order} desk={desk} />;
    case 'correct':
      return <CorrectDialog order={order} settlement={open.settlement} desk={desk} />;
    case 'revoke':
      return <RevokeDialog order={order} settleno={open.settleno} desk={desk} />;
    case 'unmark':
      return <UnmarkDialog order={order} desk={desk} />;
    case 'status':
      return (
        <StatusDialog
          order={order}
          to={open.to}
          cancel={desk.cancelBox}
          choose={open.choose ?? false}
          desk={desk}
        />
      );
    default:
      return null;
  }
}
