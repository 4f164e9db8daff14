import { TextInput } from '@mantine/core';
import type { Settings } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Section } from '../../ui/data/section.tsx';
import { SHIPPER_FIELDS } from './describe.ts';
import { type FormProps, SavePart } from './save-part.tsx';
import classes from './settings.module.css';

type ShipperField = (typeof SHIPPER_FIELDS)[number];
type ShipperView = Settings['shipper'];

/** 送り主: as on labels, with the shop's codes at the carriers. */
export function ShipperForm({ settings, onSaved, onChanged }: FormProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<Partial<Record<ShipperField, string>>>({});
  const wanted: ShipperView = { ...settings.shipper, ...plainOf(typed) };
  const wrong = SHIPPER_FIELDS.filter((field) => !RIGHT[field].test(wanted[field]));
  const says: Record<ShipperField, string> = {
    name: t('settings.shipper.tooLong', { count: 32 }),
    phone: t('settings.shipper.phoneWrong'),
    postalCode: t('settings.shipper.postalCodeWrong'),
    address: t('settings.shipper.tooLong', { count: 64 }),
    yamatoCustomerCode: t('settings.shipper.digitsWrong', { count: 12 }),
    yamatoFareNumber: t('settings.shipper.digitsWrong', { count: 2 }),
    sagawaCustomerCode: t('settings.shipper.digitsWrong', { count: 12 }),
  };
  return (
    <>
      <Section title={t('settings.page.shipper')}>
        <div className="stack">
          <p className="quiet">{t('settings.shipper.lead')}</p>
          <div className={classes.pair}>
            {SHIPPER_FIELDS.map((field) => (
              <TextInput
                key={field}
                label={t(`settings.shipper.${field}`)}
                value={typed[field] ?? settings.shipper[field]}
                autoComplete="off"
                error={wrong.includes(field) ? says[field] : null}
                onChange={({ currentTarget: { value } }) =>
                  setTyped((now) => ({ ...now, [field]: value }))
                }
              />
            ))}
          </div>
        </div>
      </Section>
      <SavePart
        settings={settings}
        onChanged={onChanged}
        body={Object.keys(typed).length === 0 ? {} : { shipper: wanted }}
        wrong={wrong.length > 0}
        onSaved={() => {
          setTyped({});
          onSaved();
        }}
      />
    </>
  );
}

/** The patterns of the API; an error stands beside its field before anything is sent. */
const RIGHT: Record<ShipperField, RegExp> = {
  name: /^.{0,32}$/u,
  phone: /^[\d-]{0,15}$/,
  postalCode: /^(\d{3}-?\d{4})?$/,
  address: /^.{0,64}$/u,
  yamatoCustomerCode: /^\d{0,12}$/,
  yamatoFareNumber: /^\d{0,2}$/,
  sagawaCustomerCode: /^\d{0,12}$/,
};

/** Trims words, and makes full-width digits plain. */
function plainOf(typed: Partial<Record<ShipperField, string>>): Partial<ShipperView> {
  return Object.fromEntries(
    Object.entries(typed).map(([field, text]) => [
      field,
      field === 'name' || field === 'address'
        ? text.trim()
        : text
            .normalize('NFKC')
            .replaceAll(/[‐−–—ー]/g, '-')
            .replaceAll(/\s/g, ''),
    ]),
  );
}
