import type { Home } from '@renkei/contract';
import { Link, type LinkProps } from '@tanstack/react-router';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { openOf } from '../../api/attention.ts';
import { currentLocale } from '../../locale/index.ts';
import { formatAge, formatYen } from '../../ui/browser/format.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import type { Tone } from '../../ui/state/badge.tsx';
import classes from './home.module.css';

type Tile = {
  readonly name: string;
  readonly icon: IconName;
  readonly count: number;
  /** The text under the number, or that there is nothing to do. */
  readonly more: string | null;
  readonly done: string;
  readonly tone: Tone;
  readonly to: Pick<LinkProps, 'to' | 'search'>;
};

/** Today’s work in numbers: each number is a link to the very rows that it counts. */
export function Work({ home }: { readonly home: Home }) {
  const { t } = useTranslation();
  const tiles = useTiles(home);
  return (
    <nav aria-label={t('home.work')}>
      <ul className={classes.tiles}>
        {tiles.map(({ name, icon, count, more, done, tone, to }) => (
          <li key={name}>
            <Link {...to} className={classes.tile} data-tone={count > 0 ? tone : 'good'}>
              <span className={classes.tileName}>
                <Icon name={count > 0 ? icon : 'check'} size={15} />
                {name}
              </span>
              <strong className={classes.tileCount}>{t('home.orders', { count })}</strong>
              <span className={classes.tileMore}>{count > 0 ? more : done}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function useTiles(home: Home): Tile[] {
  const { unpaidCards, deadlines, attention, inDoubt, failedRuns, overdueDeliveries } = home;
  const { t } = useTranslation();
  const now = attention.byUrgency.now;
  const open = openOf(attention, overdueDeliveries);
  const since = inDoubt.oldestSince;
  return [
    {
      name: t('home.unpaidCards'),
      icon: 'yen',
      count: unpaidCards.count,
      more: formatYen(unpaidCards.amount),
      done: t('home.unpaidCardsDone'),
      tone: 'going',
      to: { to: '/orders', search: { tab: 'unpaid', kinds: unpaidCards.kinds.join(',') } },
    },
    {
      name: t('home.deadlines'),
      icon: 'clock',
      count: deadlines.count,
      more: formatYen(deadlines.amount),
      done: t('home.deadlinesDone'),
      tone: 'bad',
      to: { to: '/deadlines', search: { within: '7' } },
    },
    {
      name: t('home.attention'),
      icon: 'warning',
      count: open.count,
      more: now > 0 ? t('home.attentionNow', { count: now }) : formatYen(open.amount),
      done: t('home.attentionDone'),
      tone: now > 0 ? 'bad' : 'warn',
      to: { to: '/attention', search: {} },
    },
    {
      name: t('home.inDoubt'),
      icon: 'question',
      count: inDoubt.unknown + inDoubt.review,
      more: since && t('home.inDoubtSince', { age: formatAge(since, Date.now(), currentLocale()) }),
      done: t('home.inDoubtDone'),
      tone: 'warn',
      to: { to: '/orders', search: { inDoubt: 'true' } },
    },
    {
      name: t('home.failedRuns'),
      icon: 'layers',
      count: failedRuns,
      more: null,
      done: t('home.failedRunsDone'),
      tone: 'bad',
      to: { to: '/runs', search: { failed: 'true' } },
    },
    // Many shops have no subscriptions: without overdue deliveries there is no tile.
    ...(overdueDeliveries.count === 0 ? [] : [overdueTile(overdueDeliveries, t)]),
  ];
}

function overdueTile({ count, amount }: Home['overdueDeliveries'], t: TFunction): Tile {
  return {
    name: t('home.overdueDeliveries'),
    icon: 'calendar',
    count,
    more: formatYen(amount),
    done: '',
    tone: 'warn',
    to: { to: '/subscriptions', search: { show: 'overdue' } },
  };
}
