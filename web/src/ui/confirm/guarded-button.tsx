import { Button, type ButtonProps } from '@mantine/core';
import { type ReactNode, useId } from 'react';
import classes from './guarded-button.module.css';

type Props = Pick<ButtonProps, 'color' | 'variant' | 'loading' | 'size' | 'disabled'> & {
  /** Why this person may not press it; null if they may. The reason tells them whom to ask. */
  readonly denied: string | null;
  readonly onClick: () => void;
  readonly children: ReactNode;
};

/** A button that says why nobody can press it. */
export function GuardedButton({ denied, disabled = false, onClick, children, ...button }: Props) {
  const why = useId();
  if (denied === null) {
    return (
      <Button {...button} disabled={disabled} onClick={onClick}>
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
