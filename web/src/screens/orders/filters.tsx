import { Button } from '@mantine/core';
import { ORDER_FILTERS, type PaymentKind } from '@renkei/contract';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filterValues, textOf, toggled } from '../../app/read-filters.ts';
import { withWords } from '../../locale/index.ts';
import { useShortcuts } from '../../ui/browser/keyboard.ts';
import { Icon } from '../../ui/icons.tsx';
import { Chip } from '../../ui/state/chip.tsx';
import classes from './orders.module.css';
import { FILTER_KINDS, FILTER_NAMES, type OrderFilterTexts, type OrdersSearch } from './search.ts';
import { useChange } from './use-change.ts';

const FilterDialog = lazy(
  withWords(() =>
    import('../filters/filter-dialog.tsx').then(({ FilterDialog }) => ({ default: FilterDialog })),
  ),
);
const ActiveFilters = lazy(
  withWords(() =>
    import('../filters/active-filters.tsx').then(({ ActiveFilters }) => ({
      default: ActiveFilters,
    })),
  ),
);

/** A wide screen shows the payment kinds of the unpaid list at once, as the manual does. */
const ROOMY = '(min-width: 48em)';

/** The questions of every morning, each one press away. */
const QUICK = [
  ['cardAuthorized', { kinds: 'card_fregi', transactionState: 'authorized' }],
  ['shippedOnly', { shipped: 'true' }],
  ['dueSoon', { captureWithinDays: '7' }],
  ['differs', { amountDiffers: 'true' }],
  ['openAmount', { openAmount: 'true' }],
] as const satisfies readonly (readonly [string, OrderFilterTexts])[];

/**
 * The filters of the list: frequent filters as chips, the rest in 詳細検索; an active filter is always
 * seen.
 */
export function Filters({ search }: { readonly search: OrdersSearch }) {
  const { t } = useTranslation();
  const change = useChange(search);
  const { kinds: chosen = [] } = filterValues(ORDER_FILTERS, search);
  const [opened, setOpened] = useState(
    chosen.length > 0 || (search.tab === 'unpaid' && window.matchMedia(ROOMY).matches),
  );
  const [detailed, setDetailed] = useState(false);
  useShortcuts({ f: () => setDetailed(true) });
  const shown = QUICK.filter(([, filters]) => isOn(search, filters)).map(([, filters]) => filters);
  const rest = withoutShown(search, [
    ...shown,
    ...(opened && chosen.every(isOffered) ? [{ kinds: search.kinds }] : []),
  ]);

  return (
    <div className={classes.filters}>
      <div className="wrap">
        {QUICK.map(([name, filters]) => {
          const on = isOn(search, filters);
          return (
            <Chip key={name} on={on} onClick={() => change(on ? off(filters) : filters)}>
              {t(`orders.${name}`)}
            </Chip>
          );
        })}
        <button
          type="button"
          className={classes.more}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <Icon name={opened ? 'up' : 'down'} size={14} />
          {t('orders.kinds')}
        </button>
        <button
          type="button"
          className={classes.more}
          aria-haspopup="dialog"
          aria-keyshortcuts="f"
          onClick={() => setDetailed(true)}
        >
          <Icon name="search" size={14} />
          {t('orders.detailedSearch')}
        </button>
      </div>
      {opened && <Kinds chosen={chosen} change={change} />}
      <Suspense fallback={null}>
        {Object.keys(rest).length > 0 && <ActiveFilters search={search} filters={rest} />}
        {detailed && <FilterDialog search={search} onClose={() => setDetailed(false)} />}
      </Suspense>
    </div>
  );
}

/** さらに決済種別で絞り込み */
function Kinds(props: {
  readonly chosen: readonly PaymentKind[];
  readonly change: (changes: OrdersSearch) => void;
}) {
  const { chosen, change } = props;
  const { t } = useTranslation();
  return (
    // biome-ignore lint/a11y/useSemanticElements: a legend would repeat the name.
    <div role="group" aria-label={t('orders.kinds')} className={classes.kinds}>
      {FILTER_KINDS.map((kind) => (
        <Chip
          key={kind}
          on={chosen.includes(kind)}
          onClick={() => change({ kinds: textOf(toggled(chosen, kind)) })}
        >
          {t(`words.kind.${kind}`)}
        </Chip>
      ))}
      {chosen.length > 0 && (
        <Button
          size="compact-sm"
          variant="subtle"
          onClick={() => change({ kinds: undefined, transactionState: undefined })}
        >
          {t('orders.clearKinds')}
        </Button>
      )}
    </div>
  );
}

function isOffered(kind: PaymentKind): boolean {
  return FILTER_KINDS.some((offered) => offered === kind);
}

function isOn(search: OrdersSearch, filters: OrderFilterTexts): boolean {
  return FILTER_NAMES.every(
    (name) => filters[name] === undefined || filters[name] === search[name],
  );
}

function off(filters: OrderFilterTexts): OrderFilterTexts {
  return Object.fromEntries(Object.keys(filters).map((name) => [name, undefined]));
}

/** The active filters without those that a pressed chip shows already. */
function withoutShown(search: OrdersSearch, shown: readonly OrderFilterTexts[]): OrderFilterTexts {
  return Object.fromEntries(
    FILTER_NAMES.filter(
      (name) => search[name] !== undefined && !shown.some((filters) => filters[name] !== undefined),
    ).map((name) => [name, search[name]]),
  );
}
