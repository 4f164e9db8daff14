import type { AttentionItem } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { formatDate, formatYen } from '../../../ui/browser/format.ts';
import { Icon } from '../../../ui/icons.tsx';
import classes from '../attention.module.css';
import type { AttentionSearch } from '../search.ts';

/** One item in the list: its kind, its order, its amount, its deadline. */
export function ItemLine(props: {
  readonly item: AttentionItem;
  readonly current: boolean;
  readonly search: AttentionSearch;
}) {
  const { item, current, search } = props;
  const { t } = useTranslation();
  const { title, orderNumber, customerName, amount, assignee, ours, closed } = item;
  return (
    <li>
      <Link
        to="/attention"
        search={{ ...search, item: item.id }}
        resetScroll={false}
        preload={false}
        className={classes.line}
        aria-current={current ? 'true' : undefined}
        data-urgency={item.urgency}
      >
        <span className={classes.lineHead}>
          <strong>{title}</strong>
          <span className="amount">{formatYen(amount)}</span>
        </span>
        <span className={classes.lineOrder}>
          <span className="mono">{orderNumber ?? t('attention.noOrder')}</span> {customerName}
        </span>
        <span className={classes.lineSides}>
          {ours && t(`words.payment.${ours.paidOn === null ? 'unpaid' : 'paid'}`)}
          <span aria-hidden="true"> ↔ </span>
          {theirsOf(item, t)}
        </span>
        <span className={classes.lineFoot}>
          {closed === null && <DaysLeft item={item} />}
          {assignee && (
            <span>
              <Icon name="person" size={12} /> {assignee.name}
            </span>
          )}
        </span>
      </Link>
    </li>
  );
}

/** F-REGI's side in a word: its payments (L2), or the status of the order's transaction. */
function theirsOf({ redirects, theirs, ours }: AttentionItem, t: TFunction): string {
  if (redirects.length > 0) {
    return redirects.map(({ status }) => t(`desk.redirect.status.${status}`)).join(t('common.and'));
  }
  const seen = theirs.find(({ linked }) => linked) ?? theirs[0];
  const state = seen?.state ?? ours?.transactionState;
  return state ? t(`words.transaction.${state}`) : t('attention.compare.nothing');
}

const URGENT_DAYS = 3;

/** The days that are left; emphasized only if few are left. */
export function DaysLeft({ item }: { readonly item: AttentionItem }) {
  const { t } = useTranslation();
  const { daysLeft, dueOn } = item;
  if (daysLeft === null || dueOn === null) return null;
  const text =
    daysLeft < 0
      ? t('attention.overdue', { on: formatDate(dueOn) })
      : daysLeft === 0
        ? t('attention.lastDay')
        : t('attention.daysLeft', { count: daysLeft });
  const tone = daysLeft <= URGENT_DAYS ? 'bad' : 'warn';
  return (
    <span className={classes.days} data-tone={tone}>
      <Icon name="clock" size={12} /> {text}
    </span>
  );
}
