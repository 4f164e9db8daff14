import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { normalized } from '../browser/format.ts';

type ConfirmTextOptions = {
  /** The text to type; null if the command needs none. */
  readonly wanted: string | null;
  readonly label: string;
  readonly wrong: string;
};

/**
 * A confirmation by typing. The button is always enabled: after an early press, `isRight` says what
 * is missing and moves the focus there. Full-width digits count.
 */
export function useConfirmText({ wanted, label, wrong }: ConfirmTextOptions) {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  const right = wanted === null || normalized(text) === wanted;

  function isRight(): boolean {
    if (right) return true;
    setAsked(true);
    input.current?.focus();
    return false;
  }

  const field =
    wanted === null ? null : (
      <TextInput
        ref={input}
        label={label}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        error={asked && !right ? wrong : null}
        inputMode="numeric"
        autoComplete="off"
        maw={320}
      />
    );
  return { field, isRight };
}
