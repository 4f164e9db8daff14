import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import classes from './empty.module.css';

/** An empty list that is no error. */
export function Empty(props: {
  readonly icon: IconName;
  readonly title: string;
  readonly children?: ReactNode;
}) {
  return (
    <div className={classes.empty}>
      <Icon name={props.icon} size={28} />
      <p className={classes.title}>{props.title}</p>
      {props.children}
    </div>
  );
}
