import { Checkbox, TextInput } from '@mantine/core';
import type { OrderView } from '@renkei/contract';
import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { jstDateOf } from '../../ui/browser/format.ts';
import { Carriers } from '../../ui/data/carriers.tsx';
import type { TypedShipment } from './use-ship.ts';

/** 発送日 and 配送会社 for everything that is shipped. */
export function When(props: {
  readonly wish: TypedShipment;
  readonly frozen: boolean;
  readonly future: boolean;
  readonly onChange: (changes: Partial<TypedShipment>) => void;
}) {
  const { wish, frozen, future, onChange } = props;
  const { t } = useTranslation();
  const carriers = useId();
  return (
    <div className="wrap">
      <TextInput
        type="date"
        label={t('shipping.shippedOn')}
        value={wish.shippedOn}
        max={jstDateOf(new Date())}
        disabled={frozen}
        error={future && t('shipping.future')}
        onChange={(event) =>
          event.currentTarget.value && onChange({ shippedOn: event.currentTarget.value })
        }
      />
      <TextInput
        label={t('shipping.carrier')}
        value={wish.carrier}
        maxLength={50}
        disabled={frozen}
        onChange={(event) => onChange({ carrier: event.currentTarget.value })}
        list={carriers}
      />
      <Carriers id={carriers} />
    </div>
  );
}

/** A destination. The operator can leave each of several out; its 送り状番号 stands as typed. */
export function Destination(props: {
  readonly order: OrderView;
  readonly destination: number;
  readonly frozen: boolean;
  readonly numbers: TypedShipment['numbers'];
  readonly onChange: (numbers: TypedShipment['numbers']) => void;
}) {
  const { order, destination, frozen, numbers, onChange } = props;
  const { t } = useTranslation();
  const place = destination + 1;
  const isOnly = order.details.destinations.length === 1;
  const name = order.details.destinations[destination]?.name ?? '';
  const number = numbers.get(destination);
  return (
    <div>
      {!isOnly && (
        <Checkbox
          label={t('shipping.placeChosen', { place, name })}
          checked={number !== undefined}
          disabled={frozen}
          onChange={(event) => {
            const next = new Map(numbers);
            if (event.currentTarget.checked) next.set(destination, '');
            else next.delete(destination);
            onChange(next);
          }}
        />
      )}
      {number !== undefined && (
        <TextInput
          mt={isOnly ? 0 : 'xs'}
          label={isOnly ? t('shipping.tracking') : t('shipping.trackingOfPlace', { place })}
          value={number}
          maxLength={40}
          disabled={frozen}
          onChange={(event) =>
            onChange(new Map(numbers).set(destination, event.currentTarget.value))
          }
          maw={360}
        />
      )}
    </div>
  );
}
