import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import type { Tone } from '../state/badge.tsx';
import classes from './notice.module.css';

const ICON: Record<Tone, IconName> = {
  good: 'check',
  going: 'clock',
  warn: 'warning',
  bad: 'warning',
  quiet: 'dot',
};

type Props = {
  readonly tone: Tone;
  readonly title?: ReactNode;
  readonly children?: ReactNode;
  readonly actions?: ReactNode;
  /**
   * A screen reader reads `alert` at once and `status` in a pause; without a role it reads neither.
   */
  readonly role?: 'alert' | 'status';
};

/** A message near its subject. */
export function Notice({ tone, title, children, actions, role }: Props) {
  return (
    <div className={classes.notice} data-tone={tone} role={role}>
      <span className={classes.icon}>
        <Icon name={ICON[tone]} />
      </span>
      <div className={classes.body}>
        {title !== undefined && <p className={classes.title}>{title}</p>}
        {children}
        {actions !== undefined && <div className={classes.actions}>{actions}</div>}
      </div>
    </div>
  );
}
