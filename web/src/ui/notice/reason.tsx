import { Textarea } from '@mantine/core';
import { type ReactNode, useRef, useState } from 'react';

type ReasonWords = { readonly label: string; readonly hint: string; readonly missing: string };

/** The field of a required reason, and its check at the press. */
export function useReason({ label, hint, missing }: ReasonWords): {
  /** The reason as Renkei stores it. */
  readonly reason: string;
  readonly field: ReactNode;
  /** Checks at the press. If the reason is missing, the field says so and takes the focus. */
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
