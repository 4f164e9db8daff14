import { Button, Radio, TextInput } from '@mantine/core';
import type { MailTemplateView, Problem } from '@renkei/contract';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { CommandPress } from '../../api/command.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { LeaveGuard } from '../../ui/confirm/leave-guard.tsx';
import { Overtaken } from '../../ui/data/differences.tsx';
import { Section } from '../../ui/data/section.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { differencesOf } from '../settings/describe.ts';
import classes from './mails.module.css';
import { Preview } from './preview.tsx';
import { TemplateFields } from './template-fields.tsx';
import { inputOf, PARTS, type Part, type TypedTemplate, typedOf, wrongIn } from './typed.ts';
import { useTemplate } from './use-template.ts';

const SENDING = ['auto', 'manual', 'never'] as const;

/** The text of one kind of mail; typed text stays until it is saved, whatever comes between. */
export function TemplateForm({ template }: { readonly template: MailTemplateView }) {
  const { t } = useTranslation();
  const [resetting, setResetting] = useState(false);
  const form = useTemplateForm(template, () => setResetting(false));
  const { typed, base, errors, wrong, said, save, reset, change, press } = form;
  const dirty = JSON.stringify(typed) !== JSON.stringify(typedOf(base));

  return (
    <div className="stack">
      <LeaveGuard dirty={dirty} />
      <Section title={template.label}>
        <form
          className="stack"
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            press();
          }}
        >
          <TemplateFields template={template} typed={typed} errors={errors} onChange={change} />
          <Sending template={template} typed={typed} onChange={change} />
          <TextInput
            label={t('mails.copyTo')}
            value={typed.copyTo}
            autoComplete="off"
            error={wrong.copyTo === undefined ? null : t(`mails.wrong.${wrong.copyTo}`)}
            onChange={(event) => change({ copyTo: event.currentTarget.value })}
          />
          {said !== null && <Notice tone="good" role="status" title={said} />}
          <Outcome save={save} seen={base} />
          <Foot
            template={template}
            save={save}
            dirty={dirty}
            onSave={press}
            onReset={() => setResetting(true)}
          />
        </form>
      </Section>
      <Preview kind={template.kind} words={wordsOf(typed)} />
      {resetting && (
        <ResetDialog template={template} reset={reset} onClose={() => setResetting(false)} />
      )}
    </div>
  );
}

/** What is typed, what is wrong with it, and the two commands that settle it. */
function useTemplateForm(template: MailTemplateView, onSettled: () => void) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [typed, setTyped] = useState(() => typedOf(template));
  const [base, setBase] = useState(template);
  const [asked, setAsked] = useState(false);
  const [said, setSaid] = useState<string | null>(null);
  const settle = (sentence: string) => (saved: MailTemplateView) => {
    setTyped(typedOf(saved));
    setBase(saved);
    setAsked(false);
    setSaid(sentence);
    onSettled();
  };
  const save = useTemplate(template, inputOf(typed), settle(t('mails.saved')));
  const reset = useTemplate(template, null, settle(t('mails.resetDone')));
  const wrong = wrongIn(typed);
  const problem = save.progress.kind === 'refused' ? save.progress.problem : null;
  const errors = errorsOf(problem);
  for (const part of PARTS) {
    if (asked && wrong[part] !== undefined) errors[part] = t('mails.wrong.missing');
  }

  function change(changes: Partial<TypedTemplate>): void {
    setSaid(null);
    setTyped((now) => ({ ...now, ...changes }));
    if (problem !== null && problem.current === undefined) save.forget();
  }

  function press(): void {
    setAsked(true);
    setSaid(null);
    const isAllowed = denied('change_settings') === null;
    if (isAllowed && Object.keys(wrong).length === 0) void save.press();
  }

  return { typed, base, errors, wrong, said, save, reset, change, press };
}

function Foot(props: {
  readonly template: MailTemplateView;
  readonly save: CommandPress;
  readonly dirty: boolean;
  readonly onSave: () => void;
  readonly onReset: () => void;
}) {
  const { template, save, dirty, onSave, onReset } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const why = denied('change_settings');
  return (
    <div className="wrap">
      <GuardedButton denied={why} loading={save.progress.kind === 'sending'} onClick={onSave}>
        {t('mails.save')}
      </GuardedButton>
      {!template.isDefault && why === null && (
        <Button variant="default" onClick={onReset}>
          {t('mails.reset')}
        </Button>
      )}
      {dirty && <span className="quiet">{t('unsaved.unsaved')}</span>}
    </div>
  );
}

/** Back to the template that comes with Renkei. */
function ResetDialog(props: {
  readonly template: MailTemplateView;
  readonly reset: CommandPress;
  readonly onClose: () => void;
}) {
  const { template, reset, onClose } = props;
  const { t } = useTranslation();
  return (
    <Dialog
      title={t('mails.resetTitle')}
      onClose={onClose}
      onConfirm={() => void reset.press()}
      confirm={t('mails.reset')}
      busy={reset.progress.kind === 'sending'}
      danger
    >
      <p>{t('mails.resetLead', { label: template.label })}</p>
      <ProgressNotice progress={reset.progress} onResend={() => void reset.press()} />
    </Dialog>
  );
}

function wordsOf({ subject, body, memberBody, afterword }: TypedTemplate) {
  return { subject, body, memberBody, afterword };
}

/** When a kind of mail goes out; for 入金確認メール the 決済種別 counts, too (S2). */
function Sending(props: {
  readonly template: MailTemplateView;
  readonly typed: TypedTemplate;
  readonly onChange: (changes: Partial<TypedTemplate>) => void;
}) {
  const { template, typed, onChange } = props;
  const { t } = useTranslation();
  return (
    <>
      <Radio.Group
        label={t('mails.sending')}
        description={t('mails.sendingHint')}
        value={typed.sending}
        onChange={(value) =>
          onChange({ sending: SENDING.find((one) => one === value) ?? 'manual' })
        }
      >
        <div className={classes.radios}>
          {SENDING.map((one) => (
            <Radio key={one} value={one} label={t(`mails.sendingName.${one}`)} />
          ))}
        </div>
      </Radio.Group>
      {template.kind === 'payment_confirmation' && (
        <p className="quiet">
          {t('mails.byPaymentKind')}{' '}
          <Link to="/settings" search={{ page: 'payment' }}>
            {t('mails.openPaymentKinds')}
          </Link>
        </p>
      )}
    </>
  );
}

/** The server's objections to the parts, each for its part. */
function errorsOf(problem: Problem | null): Partial<Record<Part, string>> {
  const errors: Partial<Record<Part, string>> = {};
  for (const { pointer, message } of problem?.errors ?? []) {
    const part = PARTS.find((known) => pointer === `/${known}`);
    if (part !== undefined) errors[part] = message;
  }
  return errors;
}

function Outcome({ save, seen }: { readonly save: CommandPress; readonly seen: MailTemplateView }) {
  const { t } = useTranslation();
  const { progress, press } = save;
  const current = progress.kind === 'refused' ? progress.problem.current : undefined;
  if (current === undefined) {
    return <ProgressNotice progress={progress} onResend={() => void press()} />;
  }
  const { subject, body, memberBody, afterword, sending, copyTo } = seen;
  const before = { subject, body, memberBody, afterword, sending, copyTo };
  const after = Object.fromEntries(Object.keys(before).map((name) => [name, current[name]]));
  return <Overtaken items={differencesOf(t, before, after)} />;
}
