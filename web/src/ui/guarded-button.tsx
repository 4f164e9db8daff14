import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './guarded-button.module.css';

type Props = Pick<ButtonProps, 'color' | 'variant' | 'loading' | 'size'> & {
  /** Why this person may not; null if they may. Shown, not hidden, so that they know whom to ask. */
  readonly denied: string | null;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

/** A button that says why it cannot be pressed. */
export function GuardedButton({ denied, onClick, children, ...button }: Props) {
  const why = useId();
  if (denied === null) {
    return (
      <Button {...button} onClick={onClick}>
        {children}
      </Button>
    );
  }
  return (
    <span className={classes.guarded}>
      <Button {...button} data-disabled aria-disabled aria-describedby={why}>
        {children}
      </Button>
      <span id={why} className={classes.why}>
        {denied}
      </span>
    </span>
  );
}
