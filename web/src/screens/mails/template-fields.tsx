import { Button, Textarea, TextInput } from '@mantine/core';
import type { MailTemplateView } from '@renkei/contract';
import { type ReactNode, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './mails.module.css';
import { PARTS, type Part, type TypedTemplate } from './typed.ts';

type Element = HTMLInputElement | HTMLTextAreaElement;

/** Subject, text, members' text and afterword; a variable lands at the last place of the cursor. */
export function TemplateFields(props: {
  readonly template: MailTemplateView;
  readonly typed: TypedTemplate;
  /** The error of each part, shown beside it. */
  readonly errors: Partial<Record<Part, string>>;
  readonly onChange: (changes: Partial<TypedTemplate>) => void;
}) {
  const { template, typed, errors, onChange } = props;
  const { t } = useTranslation();
  const fields = useRef<Partial<Record<Part, Element | null>>>({});
  const last = useRef<Part>('body');

  function insert(token: string): void {
    const part = last.current;
    const field = fields.current[part];
    const at = field?.selectionStart ?? typed[part].length;
    const to = field?.selectionEnd ?? at;
    onChange({ [part]: typed[part].slice(0, at) + token + typed[part].slice(to) });
    requestAnimationFrame(() => {
      field?.focus();
      field?.setSelectionRange(at + token.length, at + token.length);
    });
  }

  const hints: Partial<Record<Part, ReactNode>> = { memberBody: t('mails.memberHint') };
  return (
    <>
      {PARTS.map((part) => {
        const common = {
          label: t(`mails.${part}`),
          description: hints[part],
          value: typed[part],
          error: errors[part] ?? null,
          onFocus: () => {
            last.current = part;
          },
          onChange: (event: { currentTarget: Element }) =>
            onChange({ [part]: event.currentTarget.value }),
        };
        const keep = (element: Element | null) => {
          fields.current[part] = element;
        };
        return part === 'subject' ? (
          <TextInput key={part} ref={keep} maxLength={200} {...common} />
        ) : (
          <Textarea
            key={part}
            ref={keep}
            autosize
            minRows={part === 'body' ? 10 : 2}
            maxRows={24}
            maxLength={10_000}
            {...common}
          />
        );
      })}
      <Variables template={template} onInsert={insert} />
    </>
  );
}

/** Renkei replaces a name between two dollar signs by the order's own text. */
function Variables(props: {
  readonly template: MailTemplateView;
  readonly onInsert: (token: string) => void;
}) {
  const { template, onInsert } = props;
  const { t } = useTranslation();
  const tokens = template.variables.map(({ name, label }) => ({ token: `$${name}$`, label }));
  return (
    <details>
      <summary>{t('mails.variables')}</summary>
      <p className="quiet">{t('mails.variablesHint')}</p>
      <div className={classes.variables}>
        {tokens.map(({ token, label }) => (
          <Button key={token} variant="default" size="compact-sm" onClick={() => onInsert(token)}>
            {label} {token}
          </Button>
        ))}
      </div>
    </details>
  );
}
