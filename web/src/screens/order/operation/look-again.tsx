import type { LookResult, OrderView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAnswer, readAnew } from '../../../api/cache.ts';
import { ask } from '../../../api/client.ts';
import { useCommand } from '../../../api/command.ts';
import { orderQuery } from '../../../api/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { currentLocale } from '../../../locale/index.ts';
import { formatAge, formatInstant } from '../../../ui/browser/format.ts';
import { useNow } from '../../../ui/browser/use-now.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { ProgressNotice } from '../../../ui/notice/problem.tsx';

/** The age and the source of F-REGI's shown state, and 再照会, which only looks. */
export function LookAgain({ order }: { readonly order: OrderView }) {
  const { t } = useTranslation();
  const { shop } = useSession();
  const now = useNow();
  const queries = useQueryClient();
  const [look, setLook] = useState<LookResult['look'] | null>(null);
  const query = orderQuery(shop.id, order.orderNumber);
  const { health } = order;
  const command = useCommand<LookResult>({
    send: () => ask('POST', `/v1/orders/${order.orderNumber}/look`, { shop: shop.id }),
    onDone(result) {
      setLook(result.look);
      keepAnswer(queries, query.queryKey, result.order);
    },
    reread: () => readAnew(queries, query),
  });
  const { kind } = command.progress;
  return (
    <div className="stack">
      <div className="wrap">
        {health.seenAt !== null && health.source !== null && (
          <span className="quiet" title={formatInstant(health.seenAt)}>
            {t('desk.look.seen', {
              age: formatAge(health.seenAt, now, currentLocale()),
              source: t(`attention.source.${health.source}`),
            })}
          </span>
        )}
        <GuardedButton
          variant="default"
          size="compact-sm"
          denied={health.canLook ? null : t('desk.look.no_inquiry')}
          loading={kind === 'sending'}
          onClick={() => void command.press()}
        >
          {t('desk.look.button')}
        </GuardedButton>
        {look !== null && kind === 'idle' && <span role="status">{t(`desk.look.${look}`)}</span>}
      </div>
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </div>
  );
}
