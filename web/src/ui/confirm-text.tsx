import { TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { normalized } from './format.ts';

type Options = {
  /** What has to be typed; null where nothing has. */
  readonly wanted: string | null;
  readonly label: string;
  readonly wrong: string;
};

/**
 * Typing something to confirm. The button is never disabled: pressed too early, `isRight` shows
 * what is missing and moves there. Full-width digits are as good as any.
 */
export function useConfirmText({ wanted, label, wrong }: Options) {
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
