import { Button, Radio, Textarea, TextInput } from '@mantine/core';
import type { MailTemplateInput, MailTemplateView } from '@renkei/backoffice/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { mailTemplatesQuery } from '../../api/mails.ts';
import { useSession } from '../../app/session.tsx';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressNotice } from '../../ui/problem.tsx';
import { Section } from '../../ui/section.tsx';
import { Preview } from './preview.tsx';

const SENDING = ['auto', 'manual', 'never'] as const;

/** The words of one kind of mail; what is typed stays until it is saved, whatever comes between. */
export function TemplateForm({ template }: { readonly template: MailTemplateView }) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [typed, setTyped] = useState(() => typedOf(template));
  const [said, setSaid] = useState<string | null>(null);
  const text = useRef<HTMLTextAreaElement>(null);
  const wanted = inputOf(typed);
  const done = (sentence: string) => (saved: MailTemplateView) => {
    setTyped(typedOf(saved));
    setSaid(sentence);
  };
  const save = useTemplate(template, 'PUT', wanted, done(t('mails.saved')));
  const reset = useTemplate(template, 'DELETE', undefined, done(t('mails.resetDone')));
  const missing = wanted.subject === '' || wanted.body.trim() === '';
  const why = denied('settings:write');

  function insert(name: string): void {
    const at = text.current?.selectionStart ?? typed.body.length;
    setTyped({ ...typed, body: `${typed.body.slice(0, at)}${name}${typed.body.slice(at)}` });
    text.current?.focus();
  }

  return (
    <div className="stack">
      <Section title={template.label}>
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            setSaid(missing ? t('mails.missing') : null);
            if (!missing && why === null) void save.press();
          }}
        >
          <TextInput
            label={t('mails.subject')}
            value={typed.subject}
            maxLength={200}
            onChange={(event) => setTyped({ ...typed, subject: event.currentTarget.value })}
          />
          <Textarea
            ref={text}
            label={t('mails.body')}
            value={typed.body}
            autosize
            minRows={10}
            maxRows={24}
            maxLength={10_000}
            onChange={(event) => setTyped({ ...typed, body: event.currentTarget.value })}
          />
          <Textarea
            label={t('mails.memberBody')}
            description={t('mails.memberHint')}
            value={typed.memberBody}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={10_000}
            onChange={(event) => setTyped({ ...typed, memberBody: event.currentTarget.value })}
          />
          <Textarea
            label={t('mails.afterword')}
            value={typed.afterword}
            autosize
            minRows={2}
            maxRows={12}
            maxLength={10_000}
            onChange={(event) => setTyped({ ...typed, afterword: event.currentTarget.value })}
          />
          <Variables template={template} onInsert={insert} />
          <Radio.Group
            label={t('mails.sending')}
            value={typed.sending}
            onChange={(value) =>
              setTyped({ ...typed, sending: SENDING.find((one) => one === value) ?? 'manual' })
            }
          >
            <div className="wrap">
              {SENDING.map((one) => (
                <Radio key={one} value={one} label={t(`mails.sendingName.${one}`)} />
              ))}
            </div>
          </Radio.Group>
          <TextInput
            label={t('mails.copyTo')}
            value={typed.copyTo}
            autoComplete="off"
            onChange={(event) => setTyped({ ...typed, copyTo: event.currentTarget.value })}
          />
          {said !== null && <Notice tone={missing ? 'warn' : 'good'} role="status" title={said} />}
          <ProgressNotice progress={save.progress} onResend={() => void save.press()} />
          <ProgressNotice progress={reset.progress} onResend={() => void reset.press()} />
          <div className="wrap">
            <GuardedButton
              denied={why}
              loading={save.progress.kind === 'sending'}
              onClick={() => {
                setSaid(missing ? t('mails.missing') : null);
                if (!missing) void save.press();
              }}
            >
              {t('mails.save')}
            </GuardedButton>
            {!template.isDefault && why === null && (
              <Button
                variant="default"
                loading={reset.progress.kind === 'sending'}
                onClick={() => void reset.press()}
              >
                {t('mails.reset')}
              </Button>
            )}
          </div>
        </form>
      </Section>
      <Preview kind={template.kind} words={wordsOf(typed)} />
    </div>
  );
}

function Variables(props: {
  readonly template: MailTemplateView;
  readonly onInsert: (name: string) => void;
}) {
  const { template, onInsert } = props;
  const { t } = useTranslation();
  return (
    <details>
      <summary>{t('mails.variables')}</summary>
      <p className="quiet">{t('mails.variablesHint')}</p>
      <div className="wrap">
        {template.variables.map(({ name, label }) => (
          <Button key={name} variant="default" size="compact-sm" onClick={() => onInsert(name)}>
            {label} {name}
          </Button>
        ))}
      </div>
    </details>
  );
}

type Typed = Omit<MailTemplateInput, 'copyTo'> & { readonly copyTo: string };

function typedOf(template: MailTemplateView): Typed {
  return { ...wordsOf(template), sending: template.sending, copyTo: template.copyTo.join(', ') };
}

function wordsOf({ subject, body, memberBody, afterword }: Omit<MailTemplateInput, 'copyTo'>) {
  return { subject, body, memberBody, afterword };
}

function inputOf({ copyTo, subject, ...rest }: Typed): MailTemplateInput {
  const addresses = copyTo.split(/[\s,、]+/).filter((address) => address !== '');
  return { ...rest, subject: subject.trim(), copyTo: addresses };
}

function useTemplate(
  { kind, version }: MailTemplateView,
  method: 'PUT' | 'DELETE',
  body: MailTemplateInput | undefined,
  onDone: (saved: MailTemplateView) => void,
) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const reread = () => queries.fetchQuery({ ...mailTemplatesQuery(shop.id), staleTime: 0 });
  return useCommand<MailTemplateView>({
    send: (key) =>
      ask(method, `/v1/mail-templates/${kind}`, {
        ...{ shop: shop.id, key },
        ...(body === undefined ? {} : { body, version }),
      }),
    onDone(saved) {
      onDone(saved);
      void reread();
    },
    reread,
  });
}
