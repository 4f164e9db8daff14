import { Button } from '@mantine/core';
import type { OrderList } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type PreorderStage, preorderCountQuery, preordersQuery } from '../../api/pre-orders.ts';
import { useSession } from '../../app/session.tsx';
import { formatYen } from '../../ui/browser/format.ts';
import { useTitle } from '../../ui/browser/title.ts';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { PageHead } from '../../ui/data/section.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { ReadFailure } from '../../ui/notice/problem.tsx';
import { Chip } from '../../ui/state/chip.tsx';
import { AuthorizeDialog } from './authorize-dialog.tsx';
import { PreorderTable } from './pre-order-table.tsx';
import classes from './pre-orders.module.css';
import { Result } from './result.tsx';

const route = getRouteApi('/inside/pre-orders');

/**
 * 予約: pre-orders that wait for their authorization, declined pre-orders, and both outcomes (B1–B3).
 */
export function PreordersScreen() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const navigate = useNavigate();
  const { show, cursor, run } = route.useSearch();
  const stage: PreorderStage = show ?? 'waiting';
  const list = useQuery(preordersQuery(shop.id, stage, cursor));
  const [authorizing, setAuthorizing] = useState<readonly string[] | null>(null);
  const { data, error } = list;
  useTitle(t('preorders.title'));
  return (
    <>
      <PageHead title={t('preorders.title')}>
        <Link to="/orders" search={{ tab: 'preorder' }}>
          {t('preorders.asList')}
        </Link>
      </PageHead>
      <div className="stack">
        <p className="quiet">{t('preorders.lead')}</p>
        {run !== undefined && (
          <Result key={run} id={run} onAgain={(orderNumbers) => setAuthorizing(orderNumbers)} />
        )}
        <Stages stage={stage} />
        <p className="quiet">{t(`preorders.hint.${stage}`)}</p>
        {list.isPending && <Loading rows={6} />}
        {error && !data && (
          <ReadFailure
            error={error}
            title={t('preorders.failed')}
            onRetry={() => void list.refetch()}
          />
        )}
        {data?.items.length === 0 && (
          <Empty icon="calendar" title={t(`preorders.empty.${stage}`)} />
        )}
        {data && data.items.length > 0 && (
          <Chosen key={`${stage} ${cursor}`} list={data} stage={stage} onGo={setAuthorizing} />
        )}
        {data && <Pages list={data} />}
      </div>
      {authorizing && (
        <AuthorizeDialog
          orderNumbers={authorizing}
          onClose={() => setAuthorizing(null)}
          onStarted={(id) => {
            setAuthorizing(null);
            void navigate({ to: '/pre-orders', search: { show, run: id } });
          }}
        />
      )}
    </>
  );
}

const STAGES: readonly PreorderStage[] = ['waiting', 'declined', 'authorized'];

function Stages({ stage: current }: { readonly stage: PreorderStage }) {
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend would repeat the name.
    <div role="group" aria-label={t('preorders.stages')} className="wrap">
      {STAGES.map((stage) => (
        <StageChip key={stage} stage={stage} on={stage === current} />
      ))}
    </div>
  );
}

function StageChip({ stage, on }: { readonly stage: PreorderStage; readonly on: boolean }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const navigate = useNavigate();
  const { run } = route.useSearch();
  const { data } = useQuery(preorderCountQuery(shop.id, stage));
  const name = t(`preorders.stage.${stage}`);
  const show = stage === 'waiting' ? undefined : stage;
  return (
    <Chip on={on} onClick={() => void navigate({ to: '/pre-orders', search: { show, run } })}>
      {data === undefined ? name : t('preorders.counted', { name, count: data.count })}
    </Chip>
  );
}

/** The rows with their ticks, and the commands for the ticked rows. */
function Chosen(props: {
  readonly list: OrderList;
  readonly stage: PreorderStage;
  readonly onGo: (orderNumbers: readonly string[]) => void;
}) {
  const { list, stage, onGo } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const [ticked, setTicked] = useState<ReadonlySet<string>>(new Set());
  const chosen = list.items.filter(({ orderNumber }) => ticked.has(orderNumber));
  const yen = chosen.reduce((sum, { billed }) => sum + billed, 0);
  const why = denied({ kind: 'authorize' });
  return (
    <>
      <PreorderTable
        items={list.items}
        stage={stage}
        denied={why}
        ticked={stage === 'authorized' ? null : ticked}
        onTick={setTicked}
        onGo={(orderNumber) => onGo([orderNumber])}
      />
      {chosen.length > 0 && stage !== 'authorized' && (
        <div className={classes.bar}>
          <span role="status">
            {t('orders.selected', { count: chosen.length })} <strong>{formatYen(yen)}</strong>
          </span>
          <Button variant="default" onClick={() => setTicked(new Set())}>
            {t('orders.clearSelection')}
          </Button>
          <GuardedButton
            denied={why}
            onClick={() => onGo(chosen.map(({ orderNumber }) => orderNumber))}
          >
            {t(`preorders.act.${stage}`)}
          </GuardedButton>
        </div>
      )}
    </>
  );
}

function Pages({ list }: { readonly list: OrderList }) {
  const { t } = useTranslation();
  const search = route.useSearch();
  if (list.nextCursor === null && search.cursor === undefined) return null;
  return (
    <nav aria-label={t('orders.pages')} className="wrap">
      {search.cursor !== undefined && (
        <Link to="/pre-orders" search={{ ...search, cursor: undefined }}>
          {t('orders.first')}
        </Link>
      )}
      {list.nextCursor !== null && (
        <Link to="/pre-orders" search={{ ...search, cursor: list.nextCursor }}>
          {t('orders.next')}
        </Link>
      )}
    </nav>
  );
}
