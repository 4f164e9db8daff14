import type { ReactNode } from 'react';
import { Icon, type IconName } from '../icons.tsx';
import classes from './badge.module.css';

/** What a state means for the day’s work; icon and text say the same as the colour. */
export type Tone = 'good' | 'going' | 'warn' | 'bad' | 'quiet';

export type BadgeLook = { readonly tone: Tone; readonly icon?: IconName };

type Props = BadgeLook & {
  readonly children: ReactNode;
  /** `own`: Renkei’s word, not F-REGI’s. `plain`: no pill, for dense lists. */
  readonly kind?: 'own' | 'plain' | undefined;
};

export function Badge({ tone, icon, children, kind }: Props) {
  const more = kind === undefined ? '' : ` ${classes[kind]}`;
  return (
    <span className={`${classes.badge}${more}`} data-tone={tone}>
      {icon !== undefined && <Icon name={icon} size={14} />}
      {children}
    </span>
  );
}
