import type { OrderView } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useSession } from '../../app/session.tsx';
import { formatDate } from '../../ui/browser/format.ts';
import { Facts, Section } from '../../ui/data/section.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import classes from './order.module.css';
import { ShippingActions } from './shipping/shipping-actions.tsx';
import type { Desk } from './use-desk.ts';

type PersonView = Pick<
  OrderView['details']['customer'],
  'name' | 'kana' | 'phone' | 'postalCode' | 'prefecture' | 'address'
>;

/** お客様情報 */
export function CustomerBlock({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const { customer } = order.details;
  const address = usePerson(customer);
  if (order.customerErased) {
    return (
      <Section title={t('order.customer.title')}>
        <Notice tone="quiet" title={t('order.customer.erased')} />
      </Section>
    );
  }
  return (
    <Section title={t('order.customer.title')}>
      <Facts
        facts={[
          [t('order.customer.name'), customer.name],
          ...address,
          [t('order.customer.email'), customer.email],
        ]}
      />
      {denied('erase_customer') === null && (
        <Link to="/settings" search={{ page: 'erasure', order: order.orderNumber }}>
          {t('order.customer.erase')}
        </Link>
      )}
    </Section>
  );
}

/** お届け先情報, one after the other. */
export function DestinationBlock(props: { readonly order: OrderView; readonly desk: Desk }) {
  const { order, desk } = props;
  const { t } = useTranslation();
  const { destinations } = order.details;
  return (
    <Section title={t('order.destination.title')} id="shipping">
      <div className="stack">
        <div className={classes.destinations}>
          {destinations.map((destination, index) => (
            <Destination
              // biome-ignore lint/suspicious/noArrayIndexKey: a destination has no other name.
              key={index}
              destination={destination}
              nth={destinations.length > 1 ? index + 1 : null}
            />
          ))}
        </div>
        <ShippingActions order={order} desk={desk} />
      </div>
    </Section>
  );
}

function Destination(props: {
  readonly destination: OrderView['details']['destinations'][number];
  readonly nth: number | null;
}) {
  const { destination, nth } = props;
  const { t } = useTranslation();
  const { shippedOn, requestedDate } = destination;
  const address = usePerson(destination);
  return (
    <div>
      {nth !== null && (
        <h3 className={classes.nth}>{t('order.destination.nth', { n: String(nth) })}</h3>
      )}
      <Facts
        facts={[
          [t('order.destination.name'), destination.name],
          ...address,
          [t('order.destination.shippedOn'), shippedOn && formatDate(shippedOn)],
          [t('order.destination.requestedDate'), requestedDate && formatDate(requestedDate)],
          [t('order.destination.requestedTime'), destination.requestedTime],
          [t('order.destination.carrier'), destination.carrier],
          [t('order.destination.trackingNumber'), destination.trackingNumber],
        ]}
      />
    </div>
  );
}

function usePerson({ kana, phone, postalCode, prefecture, address }: PersonView) {
  const { t } = useTranslation();
  const postal = postalCode === '' ? '' : `〒${postalCode} `;
  return [
    [t('order.customer.kana'), kana],
    [t('order.customer.phone'), phone],
    [t('order.customer.address'), `${postal}${prefecture}${address}`],
  ] as const;
}
