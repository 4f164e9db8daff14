import type { ReactNode } from 'react';
import type { Tone } from '../state/badge.tsx';
import classes from './sums.module.css';

export type NamedSum = {
  readonly name: string;
  readonly value: ReactNode;
  readonly tone?: Tone;
};

/** A few numbers side by side, for comparison. */
export function Sums(props: {
  readonly sums: readonly NamedSum[];
  /** In pairs, where four do not fit side by side. */
  readonly paired?: boolean;
}) {
  const { sums, paired } = props;
  return (
    <dl className={paired ? `${classes.sums} ${classes.paired}` : classes.sums}>
      {sums.map(({ name, value, tone }) => (
        <div key={name} data-tone={tone}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}
