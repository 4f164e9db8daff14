import type { SubscriptionView } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { subscriptionQuery } from '../../api/subscriptions.ts';
import { useSession } from '../../app/session.tsx';
import { formatInstant, formatYen } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Facts, PageHead, Section } from '../../ui/data/section.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { ChangeDialog } from './change-dialog.tsx';
import { ContentDialog } from './content-dialog.tsx';
import { History, Upcoming } from './deliveries.tsx';
import { CancelDialog, SkipDialog, UnskipDialog } from './dialogs.tsx';
import { HeldOrders } from './held-orders.tsx';
import { Overdue, type OverdueChoice, OverdueDialog } from './overdue.tsx';
import classes from './subscriptions.module.css';
import { SubscriptionBadge, useCycleText } from './words.tsx';

const route = getRouteApi('/inside/subscriptions/$code');

/** One application: its content, its cycle, its past, and the commands on it. */
export function SubscriptionScreen() {
  const { code } = route.useParams();
  const { t } = useTranslation();
  const { shop } = useSession();
  const { data, error, refetch } = useQuery(subscriptionQuery(shop.id, code));
  useTitle(t('subscriptions.heading', { code }));
  return (
    <>
      <p className={classes.back}>
        <Link to="/subscriptions">
          <Icon name="back" size={14} />
          {t('subscriptions.back')}
        </Link>
      </p>
      {data === undefined && error === null && <Loading rows={8} />}
      {data === undefined && error !== null && (
        <ReadFailure
          error={error}
          title={t('subscriptions.failed')}
          onRetry={() => void refetch()}
        />
      )}
      {data && <Application key={code} application={data} />}
    </>
  );
}

type OpenedForm = 'skip' | 'unskip' | 'content' | 'change' | 'cancel';

function Application({ application }: { readonly application: SubscriptionView }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<OpenedForm | null>(null);
  const [answer, setAnswer] = useState<OverdueChoice | null>(null);
  const [said, setSaid] = useState<string | null>(null);
  const { code, status, upcoming, history, deliveries, liability } = application;
  const [next] = upcoming;
  const dialog = {
    application,
    onClose() {
      setOpen(null);
      setAnswer(null);
    },
    onDone(sentence: string) {
      dialog.onClose();
      setSaid(sentence);
    },
  };
  const show = (shown: { readonly open?: OpenedForm; readonly answer?: OverdueChoice }) => {
    setSaid(null);
    setOpen(shown.open ?? null);
    setAnswer(shown.answer ?? null);
  };
  return (
    <>
      <PageHead title={t('subscriptions.heading', { code })}>
        <SubscriptionBadge status={status} />
      </PageHead>
      <div className="stack">
        {said !== null && <Notice tone="good" role="status" title={said} />}
        <Overdue application={application} onOpen={(wanted) => show({ answer: wanted })} />
        <HeldOrders application={application} onRegister={() => setOpen('change')} />
        <div className={classes.columns}>
          <Content application={application} />
          <Section title={t('subscriptions.upcoming.title')}>
            <div className="stack">
              <Upcoming upcoming={upcoming} deliveries={deliveries} overdue={application.overdue} />
              {liability && <p className="quiet">{t(`words.liability.${liability}`)}</p>}
              <Actions application={application} onOpen={(wanted) => show({ open: wanted })} />
            </div>
          </Section>
          <div className={classes.wide}>
            <Section title={t('subscriptions.history.title')}>
              <History history={history} deliveries={deliveries} />
            </Section>
          </div>
        </div>
      </div>
      {open === 'skip' && next !== undefined && <SkipDialog {...dialog} />}
      {answer !== null && <OverdueDialog {...dialog} answer={answer} />}
      {open === 'unskip' && application.restorable && <UnskipDialog {...dialog} />}
      {open === 'content' && status === 'active' && <ContentDialog {...dialog} />}
      {open === 'change' && status === 'active' && <ChangeDialog {...dialog} />}
      {open === 'cancel' && status === 'active' && <CancelDialog {...dialog} />}
    </>
  );
}

function Content({ application }: { readonly application: SubscriptionView }) {
  const { t } = useTranslation();
  const cycleText = useCycleText();
  const { type, customerName, cycle, leadDays, deliveries, details, customerId } = application;
  const lines = details.destinations.flatMap((destination) => destination.lines);
  return (
    <Section title={t('subscriptions.content')}>
      <Facts
        facts={[
          [t('subscriptions.columns.type'), t(`subscriptions.type.${type}`)],
          [t('subscriptions.columns.customer'), customerName],
          [t('subscriptions.columns.cycle'), cycleText(cycle)],
          [
            t('subscriptions.deliveries'),
            deliveries === null
              ? t('subscriptions.endless')
              : t('subscriptions.deliveriesValue', { count: deliveries }),
          ],
          [t('subscriptions.leadDays'), t('subscriptions.leadDaysValue', { count: leadDays })],
          [
            t('subscriptions.columns.payment'),
            application.paymentMethod +
              t('common.bracketed', { text: t(`words.kind.${application.paymentKind}`) }),
          ],
          [t('subscriptions.card'), customerId ?? t('subscriptions.noCard')],
          [t('subscriptions.columns.billed'), formatYen(application.billed)],
          [
            t('subscriptions.products'),
            <ul key="products" className={classes.products}>
              {lines.map(({ productCode, name, variation, quantity }) => (
                <li key={`${productCode} ${variation}`}>
                  {name}
                  {variation !== '' && t('common.aside', { text: variation })} × {quantity}
                </li>
              ))}
            </ul>,
          ],
          [t('subscriptions.appliedAt'), formatInstant(application.createdAt)],
        ]}
      />
    </Section>
  );
}

/** The commands on the application; each shows a preview in a dialog first. */
function Actions(props: {
  readonly application: SubscriptionView;
  readonly onOpen: (open: OpenedForm) => void;
}) {
  const { application, onOpen } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const { status, restorable, overdue } = application;
  const why = denied('change_subscription');
  const unskip = restorable && (
    <GuardedButton variant="default" denied={why} onClick={() => onOpen('unskip')}>
      {t('subscriptions.actions.unskip')}
    </GuardedButton>
  );
  if (status !== 'active') {
    const state = t(`subscriptions.status.${status}`);
    return (
      <>
        <p className="quiet">{t('subscriptions.actions.ended', { status: state })}</p>
        {unskip && <div className={classes.actions}>{unskip}</div>}
      </>
    );
  }
  return (
    <div className={classes.actions}>
      <GuardedButton
        variant="default"
        denied={why ?? (overdue && t('subscriptions.overdue.first'))}
        onClick={() => onOpen('skip')}
      >
        {t('subscriptions.actions.skip')}
      </GuardedButton>
      {why === null && unskip}
      {why === null && (
        <>
          <GuardedButton variant="default" denied={null} onClick={() => onOpen('content')}>
            {t('subscriptions.actions.content')}
          </GuardedButton>
          <GuardedButton variant="default" denied={null} onClick={() => onOpen('change')}>
            {t('subscriptions.actions.change')}
          </GuardedButton>
          <GuardedButton variant="default" denied={null} onClick={() => onOpen('cancel')}>
            {t('subscriptions.actions.cancel')}
          </GuardedButton>
        </>
      )}
    </div>
  );
}
