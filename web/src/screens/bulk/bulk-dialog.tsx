import type { RunKind, RunPreview } from '@renkei/contract';
import { type UseQueryResult, useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { runPreviewQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { isDayDoubt } from '../order/day-doubt.tsx';
import type { PlanKind } from '../orders/select/plans.ts';
import type { Picked } from '../orders/select/use-selection.ts';
import { ButtonText } from './button-text.tsx';
import { CarrierField } from './carrier-field.tsx';
import { PreviewGroups } from './preview-groups.tsx';
import { Head, Warnings } from './summary.tsx';
import { type Group, groupsOf, kindOf, newTerms, type Shipments, type Terms } from './terms.ts';
import { TermsForm } from './terms-form.tsx';
import { useStart } from './use-start.ts';
import { type Tracking, useTracking } from './use-tracking.ts';
import { useTyped } from './use-typed.ts';

type Props = {
  readonly plan: PlanKind;
  readonly picked: Picked;
  /** The terms of an earlier run, if the dialog repeats its failed rows. */
  readonly again?: { readonly terms: Terms; readonly shipments: Shipments };
  readonly onClose: () => void;
};

const FULL_SCREEN_FROM = 50;

/**
 * Many orders at once: a preview of each order, then one button that says how many and how much.
 */
export function BulkDialog({ plan, picked, again, onClose }: Props) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const [terms, setTerms] = useState(() => again?.terms ?? newTerms(plan));
  const typing = useTracking(again?.shipments);
  const { orderNumbers, selection } = picked;
  // The preview needs no 送り状番号: they do not change the outcome of an order.
  const of = selection === undefined ? { orderNumbers: [...orderNumbers] } : { selection };
  const preview = useQuery(runPreviewQuery(shop.id, { ...of, ...terms }));
  const { data } = preview;
  const groups = data === undefined ? [] : groupsOf(data);
  const sends =
    plan === 'ship' && (data?.rows.some(({ unshipped }) => unshipped.length > 0) ?? true);
  const tracking = sends ? typing : null;
  const start = useStart(data, terms, tracking);
  const count = data?.carriedOut.count ?? 0;
  const typed = useTyped(data, groups);
  // The same key may carry only the same content.
  const frozen = start.progress.kind !== 'idle' && start.progress.kind !== 'refused';
  const ready = data !== undefined && !preview.isPlaceholderData;
  const press = () => void start.press(data?.confirm ? String(count) : undefined);

  return (
    <Dialog
      title={t(`bulk.title.${plan}`)}
      size={orderNumbers.length > FULL_SCREEN_FROM ? 'full' : 'lg'}
      onClose={onClose}
      danger={plan === 'cancel'}
      busy={start.progress.kind === 'sending' || (data !== undefined && !ready)}
      blocked={count === 0}
      confirm={<ButtonText terms={terms} preview={data} groups={groups} />}
      onConfirm={() => {
        if (ready && typed.isRight()) press();
      }}
    >
      <TermsForm
        terms={terms}
        onChange={setTerms}
        unpaid={data?.groups.unpaid_at_gateway.count ?? 0}
        doubtedDays={
          data?.rows.filter(({ reason }) => reason && isDayDoubt(reason.code)).length ?? 0
        }
        frozen={frozen}
      />
      {tracking && <CarrierField tracking={tracking} frozen={frozen} />}
      <Previewed
        preview={preview}
        groups={groups}
        tracking={tracking}
        frozen={frozen}
        kind={kindOf(terms)}
      />
      {typed.field}
      <ProgressNotice progress={start.progress} onResend={press} hint={t('bulk.lostHint')} />
      {frozen && <Link to="/runs">{t('bulk.openRuns')}</Link>}
    </Dialog>
  );
}

/** The preview of the run: it is loading, it failed, or it shows order by order. */
function Previewed(props: {
  readonly preview: UseQueryResult<RunPreview>;
  readonly kind: RunKind;
  readonly groups: readonly Group[];
  readonly tracking: Tracking | null;
  readonly frozen: boolean;
}) {
  const { preview, kind, groups, tracking, frozen } = props;
  const { t } = useTranslation();
  const { data, error } = preview;
  if (data === undefined) {
    return error ? (
      <ReadFailure
        error={error}
        title={t('common.broken')}
        onRetry={() => void preview.refetch()}
      />
    ) : (
      <>
        <p className="quiet">{t('bulk.judging')}</p>
        <Loading rows={4} />
      </>
    );
  }
  return (
    <>
      <Head preview={data} />
      <Warnings kind={kind} groups={groups} tracking={tracking} preview={data} />
      <PreviewGroups kind={kind} groups={groups} tracking={tracking} frozen={frozen} />
      {data.carriedOut.count === 0 && <Notice tone="warn" title={t('bulk.nothing')} />}
    </>
  );
}
