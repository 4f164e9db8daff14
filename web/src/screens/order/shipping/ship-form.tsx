import { Autocomplete, Button, Checkbox, TextInput } from '@mantine/core';
import type { OrderView, Ship } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { jstDateOf } from '../../../ui/browser/format.ts';
import { isSubmit } from '../../../ui/browser/keyboard.ts';
import { GuardedButton } from '../../../ui/confirm/guarded-button.tsx';
import { Notice } from '../../../ui/notice/notice.tsx';
import { deniedTo } from '../command/denied-to.ts';
import { OrderProgress } from '../command/order-progress.tsx';
import { useOrderCommand } from '../command/use-order-command.ts';
import classes from '../order.module.css';
import { MailChoice } from '../status/mail-choice.tsx';
import type { Desk } from '../use-desk.ts';

/** 配送会社 as most shops write them; the operator may type any other. */
const CARRIERS = ['ヤマト運輸', '佐川急便', '日本郵便', '西濃運輸', '福山通運'];

type Parcel = {
  readonly chosen: boolean;
  readonly shippedOn: string;
  readonly carrier: string;
  readonly trackingNumber: string;
};

type Props = {
  readonly order: OrderView;
  readonly desk: Desk;
  /** Corrects the record of shipped destinations; ships nothing further. */
  readonly correction: boolean;
  readonly onClose: () => void;
};

/** 発送, destination by destination: day, carrier and 送り状番号, and the mail to the customer. */
export function ShipForm({ order, desk, correction, onClose }: Props) {
  const { t } = useTranslation();
  const [parcels, setParcels] = useState(() => parcelsOf(order, correction));
  const [mail, setMail] = useState<'auto' | 'manual'>(correction ? 'manual' : 'auto');
  const [asked, setAsked] = useState(false);
  const shipments = parcels.flatMap((parcel, destination) => {
    const { chosen, shippedOn, carrier, trackingNumber } = parcel;
    return chosen ? [{ destination, shippedOn, carrier, trackingNumber }] : [];
  });
  const command = useOrderCommand(order, {
    method: 'POST',
    resource: 'shipments',
    body: { shipments, mail, correction } satisfies Ship,
    onDone(changed) {
      onClose();
      const said = correction ? 'corrected' : changed.shipped ? 'done' : 'partly';
      desk.showMessage('shipping', t(`desk.ship.${said}`));
    },
  });
  const why = deniedTo(order, 'ship');

  function save(): void {
    setAsked(true);
    if (shipments.length > 0 && why === null) void command.press();
  }

  return (
    <form
      className="stack"
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={(event) => isSubmit(event.nativeEvent) && save()}
      noValidate
    >
      <Parcels order={order} parcels={parcels} correction={correction} onChange={setParcels} />
      <MailChoice label={t('desk.ship.mail')} mail={mail} onChange={setMail} />
      {asked && shipments.length === 0 && (
        <Notice tone="warn" role="alert" title={t('desk.ship.chooseFirst')} />
      )}
      <OrderProgress order={order} command={command} actions={desk.remedies} />
      <div className="wrap">
        <Button variant="default" onClick={onClose}>
          {t('common.cancel')}
        </Button>
        <GuardedButton denied={why} loading={command.progress.kind === 'sending'} onClick={save}>
          {t(correction ? 'desk.ship.correctButton' : 'desk.ship.button')}
        </GuardedButton>
      </div>
    </form>
  );
}

/** The destinations that can be shipped; for a correction, the shipped ones. */
function Parcels(props: {
  readonly order: OrderView;
  readonly parcels: readonly Parcel[];
  readonly correction: boolean;
  readonly onChange: (parcels: Parcel[]) => void;
}) {
  const { order, parcels, correction, onChange } = props;
  const { t } = useTranslation();
  return parcels.map((parcel, destination) => {
    const sent = order.details.destinations[destination]?.shippedOn !== null;
    if (sent !== correction) return null;
    return (
      <ParcelFields
        // biome-ignore lint/suspicious/noArrayIndexKey: a destination has no other name.
        key={destination}
        name={nameOf(order, destination, t)}
        parcel={parcel}
        onChange={(changed) => onChange(parcels.with(destination, changed))}
      />
    );
  });
}

function ParcelFields(props: {
  readonly name: string;
  readonly parcel: Parcel;
  readonly onChange: (parcel: Parcel) => void;
}) {
  const { name, parcel, onChange } = props;
  const { t } = useTranslation();
  const set = (changes: Partial<Parcel>) => onChange({ ...parcel, ...changes });
  return (
    <fieldset className={classes.group}>
      <legend className="spoken">{name}</legend>
      <Checkbox
        label={name}
        checked={parcel.chosen}
        onChange={(event) => set({ chosen: event.currentTarget.checked })}
        mb={8}
        data-first
      />
      <div className={classes.fields}>
        <TextInput
          type="date"
          label={t('order.destination.shippedOn')}
          value={parcel.shippedOn}
          max={jstDateOf(new Date())}
          onChange={(event) =>
            event.currentTarget.value && set({ shippedOn: event.currentTarget.value })
          }
        />
        <Autocomplete
          label={t('order.destination.carrier')}
          value={parcel.carrier}
          data={CARRIERS}
          maxLength={50}
          onChange={(carrier) => set({ carrier })}
        />
        <TextInput
          label={t('order.destination.trackingNumber')}
          description={t('desk.ship.severalHint')}
          value={parcel.trackingNumber}
          maxLength={40}
          autoComplete="off"
          onChange={(event) => set({ trackingNumber: event.currentTarget.value })}
        />
      </div>
    </fieldset>
  );
}

/**
 * The first values: today for everything that can be shipped; for a correction, the recorded
 * values.
 */
function parcelsOf({ details }: OrderView, correction: boolean): Parcel[] {
  return details.destinations.map(({ shippedOn, carrier, trackingNumber }) => ({
    carrier,
    trackingNumber,
    chosen: (shippedOn !== null) === correction,
    shippedOn: shippedOn ?? jstDateOf(new Date()),
  }));
}

function nameOf({ details }: OrderView, destination: number, t: TFunction): string {
  const { name = '', prefecture = '' } = details.destinations[destination] ?? {};
  const nth = t('order.destination.nth', { n: String(destination + 1) });
  const place = name + t('common.aside', { text: prefecture });
  return details.destinations.length > 1 ? `${nth}　${place}` : place;
}
