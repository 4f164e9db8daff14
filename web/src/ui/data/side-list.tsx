import { type ReactNode, useEffect, useRef } from 'react';
import classes from './side-list.module.css';

/** The places of a screen at its side, each a link; `current` names the open one, if any. */
export function SideList(props: {
  readonly label: string;
  readonly current: string | null;
  /** Links; the open one has `aria-current="page"`. */
  readonly links: ReactNode;
  readonly children: ReactNode;
}) {
  const { label, current, links, children } = props;
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (current === null) return;
    const link = nav.current?.querySelector('[aria-current]');
    link?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [current]);
  return (
    <div className={classes.columns}>
      <nav ref={nav} aria-label={label} className={classes.list}>
        {links}
      </nav>
      {children}
    </div>
  );
}
