import { type ReactNode, useId } from 'react';
import classes from './section.module.css';

/** A block of a page with its heading. */
export function Section(props: {
  readonly title: string;
  readonly aside?: ReactNode;
  readonly id?: string;
  readonly children: ReactNode;
}) {
  const heading = useId();
  return (
    <section className={classes.section} aria-labelledby={heading} id={props.id}>
      <div className={classes.head}>
        <h2 id={heading} className={classes.title}>
          {props.title}
        </h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}

/** Names and values, one pair a line; they wrap on a narrow screen. */
export function Facts({ facts }: { readonly facts: readonly (readonly [string, ReactNode])[] }) {
  return (
    <dl className={classes.facts}>
      {facts.map(([name, value]) => (
        <div key={name} className={classes.fact}>
          <dt>{name}</dt>
          <dd>{value === '' || value === null ? '—' : value}</dd>
        </div>
      ))}
    </dl>
  );
}

/** The head of a page: its title, and the content beside it. */
export function PageHead(props: { readonly title: ReactNode; readonly children?: ReactNode }) {
  return (
    <div className={classes.page}>
      <h1 className={classes.heading} tabIndex={-1}>
        {props.title}
      </h1>
      {props.children}
    </div>
  );
}
