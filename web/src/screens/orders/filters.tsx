import { Button } from '@mantine/core';
import type { PaymentKind } from '@renkei/backoffice/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Chip } from '../../ui/chip.tsx';
import { Icon } from '../../ui/icons.tsx';
import classes from './orders.module.css';
import { FILTER_KINDS, formatKinds, type OrdersSearch, parseKinds } from './search.ts';

/** Where there is room, the unpaid list shows its payment kinds at once, as the manual does. */
const ROOMY = '(min-width: 48em)';

/** さらに決済種別で絞り込み, and the two questions of every morning. */
export function Filters({ search }: { readonly search: OrdersSearch }) {
  const { t } = useTranslation();
  const change = useChange(search);
  const chosen = parseKinds(search.kinds);
  const [opened, setOpened] = useState(
    chosen.length > 0 || (search.tab === 'unpaid' && window.matchMedia(ROOMY).matches),
  );
  const isCardAuthorized = search.kinds === 'card_fregi' && search.state === 'authorized';
  const cardAuthorized = { kinds: 'card_fregi', state: 'authorized' } as const;
  const nothing = { kinds: undefined, state: undefined };

  function toggle(kind: PaymentKind): void {
    const kinds = chosen.includes(kind) ? chosen.filter((k) => k !== kind) : [...chosen, kind];
    change({ kinds: formatKinds(kinds) });
  }

  return (
    <div className={classes.filters}>
      <div className="wrap">
        <Chip
          on={isCardAuthorized}
          onClick={() => change(isCardAuthorized ? nothing : cardAuthorized)}
        >
          {t('orders.cardAuthorized')}
        </Chip>
        <Chip
          on={search.shipped === 'true'}
          onClick={() => change({ shipped: search.shipped ? undefined : 'true' })}
        >
          {t('orders.shippedOnly')}
        </Chip>
        <Chip
          on={search.due !== undefined}
          onClick={() => change({ due: search.due ? undefined : '7' })}
        >
          {t('orders.dueSoon')}
        </Chip>
        <Chip
          on={search.differs !== undefined}
          onClick={() => change({ differs: search.differs ? undefined : 'true' })}
        >
          {t('orders.differs')}
        </Chip>
        {search.state && !isCardAuthorized && (
          <Chip on onClick={() => change({ state: undefined })}>
            {t(`words.transaction.${search.state}`)}
          </Chip>
        )}
        {search.q && (
          <Chip on onClick={() => change({ q: undefined })}>
            {`${t('orders.search')}: ${search.q.slice(0, 40)}`}
          </Chip>
        )}
        <button
          type="button"
          className={classes.more}
          aria-expanded={opened}
          onClick={() => setOpened(!opened)}
        >
          <Icon name={opened ? 'up' : 'down'} size={14} />
          {t('orders.kinds')}
        </button>
      </div>
      {opened && (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset's legend would say it twice.
        <div role="group" aria-label={t('orders.kinds')} className={classes.kinds}>
          {FILTER_KINDS.map((kind) => (
            <Chip key={kind} on={chosen.includes(kind)} onClick={() => toggle(kind)}>
              {t(`words.kind.${kind}`)}
            </Chip>
          ))}
          {chosen.length > 0 && (
            <Button size="compact-sm" variant="subtle" onClick={() => change(nothing)}>
              {t('orders.clearKinds')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** Another filter begins at the first page again. */
function useChange(search: OrdersSearch) {
  const navigate = useNavigate();
  return (changes: OrdersSearch) =>
    void navigate({ to: '/orders', search: { ...search, cursor: undefined, ...changes } });
}
