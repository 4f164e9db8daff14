import { Code } from '@mantine/core';
import type { Preview } from '@renkei/contract';
import { useTranslation } from 'react-i18next';
import { formatYen } from '../browser/format.ts';
import classes from './plan.module.css';

type Asks = Extract<Preview, { decision: 'pursue' }>['asks'];

/** The calls to F-REGI as they go over the wire, with masked secrets. */
function AskList({ asks }: { readonly asks: Asks }) {
  const { t } = useTranslation();
  return (
    <ol className={classes.asks}>
      {asks.map(({ verb, amount, call }, index) => (
        <li key={verb}>
          <strong>
            {t('order.preview.step', {
              n: String(index + 1),
              verb: t(`words.verb.${verb}`),
              yen: formatYen(amount),
            })}
          </strong>
          <dl className={classes.call}>
            <dt>{t('order.preview.path')}</dt>
            <dd>
              <Code>{call.path}</Code>
            </dd>
            {Object.entries(call.parameters).map(([name, value]) => (
              <Parameter key={name} name={name} value={value} />
            ))}
          </dl>
        </li>
      ))}
    </ol>
  );
}

function Parameter({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <>
      <dt>
        <Code>{name}</Code>
      </dt>
      <dd>
        <Code>{value}</Code>
      </dd>
    </>
  );
}

/** The same calls, folded until somebody opens them. */
export function AskDisclosure(props: {
  readonly asks: Asks;
  readonly label: string;
  /** Text after the label for screen readers. */
  readonly spoken?: string;
}) {
  const { asks, label, spoken } = props;
  if (asks.length === 0) return null;
  return (
    <details className={classes.details}>
      <summary>
        {label}
        {spoken !== undefined && <span className="spoken">{spoken}</span>}
      </summary>
      <AskList asks={asks} />
    </details>
  );
}
