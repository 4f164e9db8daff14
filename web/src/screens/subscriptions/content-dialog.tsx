import { useDebouncedValue } from '@mantine/hooks';
import type { EditContent } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contentPreviewQuery } from '../../api/subscriptions.ts';
import { useSession } from '../../app/session.tsx';
import { formatDate, formatYen } from '../../ui/browser/format.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { LeaveGuard } from '../../ui/confirm/leave-guard.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { AmountFields } from '../order/content/amount-fields.tsx';
import { draftOf, parseDraft } from '../order/content/draft.ts';
import { LineRows } from '../order/content/line-rows.tsx';
import { EditedSums } from '../order/content/preview-sums.tsx';
import { type DialogProps, Outcome } from './dialogs.tsx';
import { useAct } from './use-act.ts';

/** Long enough to skip most keystrokes, short enough to be there when the operator looks down. */
const TYPING_MS = 250;

/**
 * 商品・送料・手数料編集 of an application: the first delivery of the change, and the sums of each delivery.
 */
export function ContentDialog({ application, onClose, onDone }: DialogProps) {
  const { t } = useTranslation();
  const [seen] = useState(application);
  const [draft, setDraft] = useState(() => draftOf(application));
  const [asked, setAsked] = useState(false);
  const parsed = parseDraft(draft, seen);
  const body = parsed.kind === 'edit' ? parsed.edit : null;
  const next = application.overdue?.first ?? application.upcoming[0];
  const n = String(next?.n ?? '');
  const command = useAct(application, { kind: 'content', body }, () =>
    onDone(t('subscriptions.edit.done', { n })),
  );
  return (
    <Dialog
      title={t('subscriptions.edit.title')}
      size="lg"
      form
      onClose={onClose}
      confirm={t('subscriptions.edit.confirm', { n })}
      busy={command.progress.kind === 'sending'}
      onConfirm={() => {
        setAsked(true);
        if (body !== null) void command.press();
      }}
    >
      <LeaveGuard dirty={parsed.kind !== 'same'} />
      {next && (
        <Notice
          tone="going"
          title={t('subscriptions.edit.from', {
            n,
            on: formatDate(next.deliverOn),
            orderOn: formatDate(next.orderOn),
          })}
        >
          <p>{t('subscriptions.edit.stays')}</p>
        </Notice>
      )}
      <LineRows draft={draft} content={seen} onChange={setDraft} asked={asked} />
      <AmountFields draft={draft} content={seen} onChange={setDraft} />
      <Previewed
        application={application}
        body={body}
        quiet={command.progress.kind === 'refused'}
      />
      {asked && parsed.kind !== 'edit' && (
        <Notice tone="warn" role="alert" title={t(`subscriptions.edit.${parsed.kind}`)} />
      )}
      <Outcome command={command} seen={seen} />
    </Dialog>
  );
}

/** The sums of each delivery, calculated by the server; or the reason why that is impossible. */
function Previewed(props: {
  readonly application: DialogProps['application'];
  readonly body: EditContent | null;
  readonly quiet: boolean;
}) {
  const { application, body, quiet } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const [settled] = useDebouncedValue(body, TYPING_MS);
  const { data } = useQuery({
    ...contentPreviewQuery(shop.id, application, settled ?? {}),
    enabled: settled !== null,
  });
  if (body === null || data === undefined) return null;
  if (data.decision === 'refuse') {
    if (quiet) return null;
    return (
      <Notice tone="warn" title={data.reason.cause}>
        <p>{data.reason.remedy}</p>
      </Notice>
    );
  }
  return (
    <section aria-label={t('subscriptions.edit.each')}>
      <EditedSums before={application} after={data} />
      <span className="spoken" role="status">
        {`${t('subscriptions.columns.billed')} ${formatYen(data.billed)}`}
      </span>
    </section>
  );
}
