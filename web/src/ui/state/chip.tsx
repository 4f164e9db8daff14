import type { ReactNode } from 'react';
import { Icon } from '../icons.tsx';
import classes from './chip.module.css';

/** A filter that is on or off. */
export function Chip(props: {
  readonly on: boolean;
  readonly onClick: () => void;
  readonly children: string;
}) {
  return (
    <button type="button" className={classes.chip} aria-pressed={props.on} onClick={props.onClick}>
      {props.on && <Icon name="check" size={14} />}
      {props.children}
    </button>
  );
}

/** A row of filters, with a name for screen readers. */
export function Chips(props: { readonly name: string; readonly children: ReactNode }) {
  return (
    <fieldset className={classes.chips}>
      <legend className="spoken">{props.name}</legend>
      {props.children}
    </fieldset>
  );
}

/** A filter that is on, with a button that removes it. */
export function RemovableChip(props: {
  readonly label: string;
  readonly onRemove: () => void;
  readonly children: string;
}) {
  const { label, onRemove, children } = props;
  return (
    <button type="button" className={classes.chip} data-on aria-label={label} onClick={onRemove}>
      {children}
      <Icon name="cross" size={12} />
    </button>
  );
}
