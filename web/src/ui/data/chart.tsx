import { Button } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './chart.module.css';
import { Section } from './section.tsx';
import { Table } from './table.tsx';

/** A chart answers the question in its title. A table beside it holds the same numbers. */
export function Chart(props: {
  readonly title: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly [name: string, ...cells: readonly string[]])[];
  readonly children: ReactNode;
}) {
  const { title, columns, rows, children } = props;
  const { t } = useTranslation();
  const [asTable, setAsTable] = useState(false);
  return (
    <Section
      title={title}
      aside={
        rows.length > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            aria-pressed={asTable}
            onClick={() => setAsTable(!asTable)}
          >
            {t(asTable ? 'home.asChart' : 'home.asTable')}
          </Button>
        )
      }
    >
      {rows.length === 0 && <p className="quiet">{t('home.none')}</p>}
      {rows.length > 0 && !asTable && children}
      {rows.length > 0 && asTable && (
        <div className={classes.table}>
          <Table
            caption={title}
            head={
              <tr>
                {columns.map((name, index) => (
                  <th key={name} scope="col" className={index > 0 ? classes.number : undefined}>
                    {name}
                  </th>
                ))}
              </tr>
            }
          >
            {rows.map(([name, ...cells]) => (
              <tr key={name}>
                <th scope="row">{name}</th>
                {cells.map((cell, index) => (
                  <td key={columns[index + 1]} className={classes.number}>
                    {cell}
                  </td>
                ))}
              </tr>
            ))}
          </Table>
        </div>
      )}
    </Section>
  );
}

/** Horizontal bars, each with its name and its number, so that they need no scale. */
export function Bars(props: {
  readonly bars: readonly {
    readonly name: string;
    readonly size: number;
    readonly label: string;
  }[];
}) {
  const { bars } = props;
  const most = Math.max(1, ...bars.map(({ size }) => size));
  return (
    <ul className={classes.bars}>
      {bars.map(({ name, size, label }) => (
        <li key={name}>
          <span className={classes.barName}>{name}</span>
          <span className={classes.track}>
            <span className={classes.bar} style={{ inlineSize: `${(size / most) * 100}%` }} />
          </span>
          <span className={classes.barLabel}>{label}</span>
        </li>
      ))}
    </ul>
  );
}

/** Vertical bars over time. They show the course; the table holds the numbers. */
export function Columns(props: {
  readonly label: string;
  readonly columns: readonly {
    readonly key: string;
    readonly size: number;
    readonly title: string;
  }[];
  readonly most: string;
  readonly from: string;
  readonly to: string;
}) {
  const { label, columns, most: mostLabel, from, to } = props;
  const most = Math.max(1, ...columns.map(({ size }) => size));
  return (
    <figure className={classes.figure}>
      <span className={classes.scale}>{mostLabel}</span>
      <div role="img" aria-label={label} className={classes.columns}>
        {columns.map(({ key, size, title }) => (
          <span key={key} className={classes.column} title={title}>
            <span style={{ blockSize: `${(size / most) * 100}%` }} />
          </span>
        ))}
      </div>
      <figcaption className={classes.range}>
        <span>{from}</span>
        <span>{to}</span>
      </figcaption>
    </figure>
  );
}
