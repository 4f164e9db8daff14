import { GIVEN_BACK, type OrderVersion } from '@renkei/contract';
import type { TFunction } from 'i18next';
import { Fragment } from 'react';
import { useTranslation } from 'react-i18next';
import type { jaOrderDesk } from '../../../locale/ja/order-desk.ts';
import type { jaWords } from '../../../locale/ja/words.ts';
import { formatDate, formatYen } from '../../../ui/browser/format.ts';
import classes from '../order.module.css';

type Change = OrderVersion['changes'][number];
type Plain = Change['before'];

/** The changed fields of an order in the words of the screens: before → after. */
export function Changes({ changes }: { readonly changes: readonly Change[] }) {
  const { t } = useTranslation();
  return (
    <dl className={classes.changes}>
      {changes.flatMap(({ field, before, after }) => {
        const name = nameOf(field, t);
        if (name === null) return [];
        return (
          <Fragment key={field}>
            <dt>{name}</dt>
            <dd>
              <del>{wordOf(field, before, t)}</del> → <ins>{wordOf(field, after, t)}</ins>
            </dd>
          </Fragment>
        );
      })}
    </dl>
  );
}

/** The name of a field; null for fields of machines: instants, counters, numbers of slips. */
function nameOf(field: string, t: TFunction): string | null {
  const [, amount] = /^amounts\.(\w+)$/.exec(field) ?? [];
  if (amount !== undefined)
    return t(`desk.amounts.${amount as keyof (typeof jaOrderDesk)['amounts']}`);
  const [, to, n, part] = /^lines\.(\d+)\.(\d+)\.(\w+)$/.exec(field) ?? [];
  if (part !== undefined) {
    const name = t(`desk.fields.${part as 'quantity'}`);
    const facts = { n: String(Number(n) + 1), field: name, to: String(Number(to) + 1) };
    return t(to === '0' ? 'desk.fields.line' : 'desk.fields.lineOf', facts);
  }
  if (/^settlements\.\d+\.amount$/.test(field)) return t('desk.fields.settlement');
  const told = TOLD.find((known) => known === field);
  return told === undefined ? null : t(`desk.fields.${told}`);
}

const TOLD = [
  'status',
  'paidOn',
  'paymentKind',
  'paymentMethod',
  'shipped',
  'transaction.state',
  'transaction.seqno',
  'transaction.authCode',
  'transaction.amount',
  'authentication',
  ...GIVEN_BACK,
] as const;

type WordsOf<K extends keyof typeof jaWords> = keyof (typeof jaWords)[K];

function wordOf(field: string, value: Plain, t: TFunction): string {
  if (value === null || value === '') return t('desk.fields.none');
  if (typeof value === 'boolean') return t(value ? 'desk.fields.yes' : 'desk.fields.no');
  if (/^amounts\.|unitPrice$|\.amount$|^pointsReturned$/.test(field)) {
    return formatYen(Number(value));
  }
  switch (field) {
    case 'status':
      return t(`words.status.${value as WordsOf<'status'>}`);
    case 'transaction.state':
      return t(`words.transaction.${value as WordsOf<'transaction'>}`);
    case 'authentication':
      return t(`words.authentication.${value as WordsOf<'authentication'>}`);
    case 'paymentKind':
      return t(`words.kind.${value as WordsOf<'kind'>}`);
    case 'paidOn':
      return formatDate(String(value));
    default:
      return field.endsWith('taxRate') ? `${value}%` : String(value);
  }
}
