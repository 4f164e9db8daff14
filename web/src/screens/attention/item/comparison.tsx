import type { AttentionDetail, SightedView } from '@renkei/contract';
import type { TFunction } from 'i18next';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { currentLocale } from '../../../locale/index.ts';
import { formatAge, formatDate, formatInstant, formatYen } from '../../../ui/browser/format.ts';
import { Table } from '../../../ui/data/table.tsx';
import { Icon } from '../../../ui/icons.tsx';
import { TransactionBadge } from '../../../ui/state/state-badges.tsx';
import classes from '../attention.module.css';
import { BelongsTo } from './belongs-to.tsx';

type Differing = AttentionDetail['differs'][number];

/** One line of the comparison: our value, and F-REGI’s value for each of its transactions. */
type ComparedLine = {
  readonly name: string;
  readonly ours: ReactNode;
  readonly theirs: (sighted: SightedView) => ReactNode;
  readonly differs: boolean;
};

/** Our values beside F-REGI’s; a sign marks each difference, and so does a colour. */
export function Comparison({ item }: { readonly item: AttentionDetail }) {
  const { t } = useTranslation();
  const { ours } = item;
  // F-REGI has just said that it knows nothing of it: an older sighting is no evidence.
  const theirs = item.kind === 'not_found' ? [] : item.theirs;
  const lines = useLines(item);
  return (
    <Table
      caption={t('attention.compare.title')}
      head={
        <tr>
          <th scope="col">{t('attention.compare.field')}</th>
          {ours && <th scope="col">{t('attention.compare.ours')}</th>}
          {theirs.map((sighted) => (
            <th key={sighted.seqno} scope="col">
              {nameOf(sighted, theirs.length, t)}
              {sighted.belongsTo && (
                <div>
                  <BelongsTo belongsTo={sighted.belongsTo} />
                </div>
              )}
            </th>
          ))}
          {theirs.length === 0 && <th scope="col">{t('attention.compare.theirs')}</th>}
        </tr>
      }
    >
      {lines.map(({ name, ours: own, theirs: their, differs }) => (
        <tr key={name} className={classes.compared} data-differs={differs || undefined}>
          <th scope="row">
            {name}
            {differs && (
              <span className={classes.differs}>
                <Icon name="warning" size={14} /> {t('attention.compare.differs')}
              </span>
            )}
          </th>
          {ours && <td>{own}</td>}
          {theirs.map((sighted) => (
            <td key={sighted.seqno}>{their(sighted)}</td>
          ))}
          {theirs.length === 0 && (
            <td>{t(`attention.compare.${item.kind === 'not_found' ? 'nothing' : 'unseen'}`)}</td>
          )}
        </tr>
      ))}
      {theirs.length > 0 && (
        <tr>
          <th scope="row">{t('attention.compare.evidence')}</th>
          {ours && <td>—</td>}
          {theirs.map((sighted) => (
            <td key={sighted.seqno}>
              <Evidence sighted={sighted} />
            </td>
          ))}
        </tr>
      )}
    </Table>
  );
}

function nameOf({ linked }: SightedView, count: number, t: TFunction): string {
  if (count === 1 && linked) return t('attention.compare.theirs');
  return t(linked ? 'attention.compare.theirsLinked' : 'attention.compare.theirsOther');
}

function useLines({ ours, differs, dueOn }: AttentionDetail): ComparedLine[] {
  const { t } = useTranslation();
  const is = (field: Differing) => differs.includes(field);
  const none = () => '—';
  const state = ours?.transactionState;
  const status = (sighted: SightedView) => <TransactionBadge state={sighted.state} />;
  // Our value contradicts F-REGI’s status, so the status stands beside it.
  const against = (field: Differing) => ({ theirs: is(field) ? status : none, differs: is(field) });
  return [
    {
      name: t('attention.compare.status'),
      ours: ours && t(`words.status.${ours.status}`),
      ...against('status'),
    },
    {
      name: t('attention.compare.payment'),
      ours: ours && (
        <>
          {t(`words.payment.${ours.paidOn === null ? 'unpaid' : 'paid'}`)}
          {ours.paidOn !== null && ` (${formatDate(ours.paidOn)})`}
        </>
      ),
      ...against('payment'),
    },
    {
      name: t('attention.compare.method'),
      ours: ours && t(`words.kind.${ours.paymentKind}`),
      ...against('method'),
    },
    {
      name: t('attention.compare.state'),
      ours: state ? <TransactionBadge state={state} /> : '—',
      theirs: status,
      differs: is('state'),
    },
    {
      name: t('attention.compare.amount'),
      ours: ours && <strong>{formatYen(ours.billed)}</strong>,
      theirs: (sighted) => <strong>{formatYen(sighted.amount)}</strong>,
      differs: is('amount'),
    },
    {
      name: t('attention.compare.seqno'),
      ours: <span className="mono">{ours?.seqno ?? '—'}</span>,
      theirs: (sighted) => <span className="mono">{sighted.seqno}</span>,
      differs: is('seqno'),
    },
    ...(dueOn === null
      ? []
      : [
          {
            name: t('attention.compare.due'),
            ours: formatDate(dueOn),
            theirs: none,
            differs: is('time'),
          },
        ]),
  ];
}

/** Where somebody saw it, and how long ago. */
function Evidence({ sighted }: { readonly sighted: SightedView }) {
  const { t } = useTranslation();
  const { source, seenAt } = sighted;
  return (
    <span title={formatInstant(seenAt)}>
      {t('attention.compare.seen', {
        source: t(`attention.source.${source}`),
        age: formatAge(seenAt, Date.now(), currentLocale()),
      })}
    </span>
  );
}
