import { Textarea } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';

type Words = { readonly label: string; readonly hint: string; readonly missing: string };

/** A reason that has to be given: its field, and whether it is there once somebody presses. */
export function useReason({ label, hint, missing }: Words): {
  /** As it will be kept. */
  readonly reason: string;
  readonly field: ReactNode;
  /** Asked at the press: where it is missing, it says so, and the field has the focus. */
  readonly isGiven: () => boolean;
} {
  const [text, setText] = useState('');
  const [asked, setAsked] = useState(false);
  const area = useRef<HTMLTextAreaElement>(null);
  const reason = text.trim();
  return {
    reason,
    field: (
      <Textarea
        ref={area}
        label={label}
        description={hint}
        error={asked && reason === '' ? missing : null}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        maxLength={500}
        autosize
        minRows={2}
      />
    ),
    isGiven() {
      setAsked(true);
      if (reason === '') area.current?.focus();
      return reason !== '';
    },
  };
}
