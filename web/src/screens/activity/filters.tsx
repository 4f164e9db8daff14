import { NativeSelect, TextInput } from '@mantine/core';
import { ACTIVITY_AREAS, ACTIVITY_FILTERS, type ActivityList } from '@renkei/contract';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { filterValues, textOf, toggled } from '../../app/read-filters.ts';
import { normalized } from '../../ui/browser/format.ts';
import { Chip } from '../../ui/state/chip.tsx';
import classes from './activity.module.css';
import type { ActivitySearch } from './search.ts';

/** Filters by kind, person, order and days; the URL holds all of them. */
export function Filters(props: {
  readonly search: ActivitySearch;
  readonly actors: ActivityList['actors'];
}) {
  const { search, actors } = props;
  const { t } = useTranslation();
  const navigate = useNavigate();
  const change = (changes: ActivitySearch) =>
    void navigate({ to: '/activity', search: { ...search, ...changes } });
  const { areas: chosen = [] } = filterValues(ACTIVITY_FILTERS, search);

  return (
    <div className="stack">
      {/* biome-ignore lint/a11y/useSemanticElements: a legend would repeat the name. */}
      <div role="group" aria-label={t('activity.areas')} className="wrap">
        {ACTIVITY_AREAS.map((area) => (
          <Chip
            key={area}
            on={chosen.includes(area)}
            onClick={() => change({ areas: textOf(toggled(chosen, area)) })}
          >
            {t(`activity.area.${area}`)}
          </Chip>
        ))}
      </div>
      <div className={classes.fields}>
        <NativeSelect
          label={t('activity.actor')}
          value={search.actor ?? ''}
          onChange={({ currentTarget: { value } }) =>
            change({ actor: value === '' ? undefined : value })
          }
          data={[
            { value: '', label: t('activity.everybody') },
            ...actors.map(({ id, name }) => ({ value: id, label: name })),
          ]}
        />
        <OrderField
          key={search.orderNumber}
          orderNumber={search.orderNumber ?? ''}
          onChange={change}
        />
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            type="date"
            label={t(`activity.${name}`)}
            value={search[name] ?? ''}
            onChange={({ currentTarget: { value } }) =>
              change({ [name]: value === '' ? undefined : value })
            }
          />
        ))}
      </div>
    </div>
  );
}

/** 受注コード; takes effect when all 12 digits stand there. Full-width digits count. */
function OrderField(props: {
  readonly orderNumber: string;
  readonly onChange: (changes: ActivitySearch) => void;
}) {
  const { orderNumber, onChange } = props;
  const { t } = useTranslation();
  const [text, setText] = useState(orderNumber);
  const [left, setLeft] = useState(false);
  const plain = normalized(text);
  const right = plain === '' || /^\d{12}$/.test(plain);

  function type(value: string): void {
    setText(value);
    const number = normalized(value);
    if (number === '') onChange({ orderNumber: undefined });
    else if (/^\d{12}$/.test(number)) onChange({ orderNumber: number });
  }

  return (
    <TextInput
      label={t('activity.order')}
      value={text}
      inputMode="numeric"
      autoComplete="off"
      error={left && !right ? t('activity.orderWrong') : null}
      onBlur={() => setLeft(true)}
      onChange={(event) => type(event.currentTarget.value)}
    />
  );
}
