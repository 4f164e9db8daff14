import { useDebouncedValue } from '@mantine/hooks';
import type { AmountsPreview, EditAmounts, OrderView, Preview } from '@renkei/contract';
import { useQuery } from '@tanstack/react-query';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import { amountsPreviewQuery } from '../../../api/queries.ts';
import { useSession } from '../../../app/session.tsx';
import { formatDifference, formatYen } from '../../../ui/browser/format.ts';
import { Notice } from '../../../ui/notice/notice.tsx';
import { movedSentences } from '../command/moved.ts';
import { PreviewText } from '../command/preview-text.tsx';
import classes from '../order.module.css';
import { Taxes } from './taxes.tsx';

/** Long enough to skip most keystrokes, short enough to be there when the operator looks down. */
const TYPING_MS = 250;

/**
 * The sums of the typed content, calculated by the server, tax by tax; and the effect on the money:
 * the calls of a later 入金済, or F-REGI's immediate change of a paid order.
 */
export function PreviewSums(props: {
  readonly order: OrderView;
  /** Null while a typed text is no edit. */
  readonly edit: EditAmounts | null;
  /** A refusal stands there already. */
  readonly quiet: boolean;
}) {
  const { order, edit, quiet } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const [settled] = useDebouncedValue(edit, TYPING_MS);
  const { data } = useQuery({
    ...amountsPreviewQuery(shop.id, order, settled ?? {}),
    enabled: settled !== null,
  });
  if (edit === null || data === undefined) return null;
  const { preview, after } = data;
  const moves = after === null ? [] : movedSentences(after.moved, 'order.amounts.moves', t);
  return (
    <div className={classes.previewed}>
      {after && <EditedSums before={order} after={after} />}
      <div className="stack">
        {moves.length > 0 && <Notice tone="going">{moves.join(' ')}</Notice>}
        {preview.decision === 'refuse' ? (
          !quiet && <Refused preview={preview} />
        ) : (
          <Money order={order} preview={preview} after={after} />
        )}
      </div>
      <span className="spoken" role="status">
        {after && `${t('order.amounts.billed')} ${formatYen(after.billed)}`}
      </span>
    </div>
  );
}

type After = NonNullable<AmountsPreview['after']>;

/** The sums of edited content beside the old sums; and its taxes. */
export function EditedSums(props: {
  readonly before: Pick<OrderView, 'amounts' | 'total' | 'billed'>;
  readonly after: Pick<After, 'items' | 'total' | 'billed' | 'taxes'>;
}) {
  const { before: was, after } = props;
  const { t } = useTranslation();
  const rows = [
    [t('order.amounts.items'), after.items, was.amounts.items],
    [t('order.amounts.total'), after.total, was.total],
    [t('order.amounts.billed'), after.billed, was.billed],
  ] as const;
  return (
    <div>
      <dl className={classes.amounts}>
        {rows.map(([name, yen, before]) => (
          <Fragment key={name}>
            <dt>{name}</dt>
            <dd>
              {formatYen(yen)}
              {yen !== before && (
                <small>{t('common.aside', { text: formatDifference(yen - before) })}</small>
              )}
            </dd>
          </Fragment>
        ))}
      </dl>
      <Taxes taxes={after.taxes} />
    </div>
  );
}

function Refused({ preview }: { readonly preview: Extract<Preview, { decision: 'refuse' }> }) {
  return (
    <Notice tone="warn" title={preview.reason.cause}>
      <p>{preview.reason.remedy}</p>
    </Notice>
  );
}

/** A1, C2: F-REGI learns the amount at 入金済. A3: at once. */
function Money(props: {
  readonly order: OrderView;
  readonly preview: Exclude<Preview, { decision: 'refuse' }>;
  readonly after: After | null;
}) {
  const { order, preview, after } = props;
  const { t } = useTranslation();
  if (preview.decision === 'pursue') {
    return (
      <Notice tone="warn" title={t('order.preview.title')}>
        <PreviewText order={order} preview={preview} />
      </Notice>
    );
  }
  const markPaid = after?.markPaid ?? null;
  if (markPaid === null) return null;
  if (markPaid.decision === 'refuse') {
    const { cause, remedy } = markPaid.because ?? markPaid.reason;
    return (
      <Notice tone="warn" title={`${t('desk.content.thenPaid')}: ${cause}`}>
        <p>{remedy}</p>
      </Notice>
    );
  }
  return (
    <Notice tone="going" title={t('desk.content.thenPaid')}>
      <PreviewText order={order} preview={markPaid} />
    </Notice>
  );
}
