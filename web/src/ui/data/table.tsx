import { type ReactNode, useId } from 'react';
import classes from './table.module.css';

/** A real table that scrolls sideways on its own if the screen is too narrow for it. */
export function Table(props: {
  readonly caption: string;
  readonly head: ReactNode;
  readonly children: ReactNode;
  readonly busy?: boolean;
  /** For tables of many columns. */
  readonly dense?: boolean;
}) {
  const caption = useId();
  const dense = props.dense ? ` ${classes.dense}` : '';
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must reach it.
    <section className={classes.scroller} tabIndex={0} aria-labelledby={caption}>
      <table className={`${classes.table}${dense}`} aria-busy={props.busy ?? false}>
        <caption id={caption}>{props.caption}</caption>
        <thead>{props.head}</thead>
        <tbody>{props.children}</tbody>
      </table>
    </section>
  );
}
