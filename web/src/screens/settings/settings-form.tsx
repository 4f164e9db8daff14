import { Radio, Switch, TextInput } from '@mantine/core';
import type { ChangeSettings, Settings } from '@renkei/backoffice/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { meQuery, settingsQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/dialog.tsx';
import { normalized } from '../../ui/format.ts';
import { GuardedButton } from '../../ui/guarded-button.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ProgressNotice } from '../../ui/problem.tsx';
import { Section } from '../../ui/section.tsx';
import { type Change, changesOf } from './changes.ts';
import classes from './settings.module.css';

type Props = {
  readonly settings: Settings;
  readonly onSaved: () => void;
  /** Something is looked at anew: what was said about the last saving is over. */
  readonly onChanged: () => void;
};

/** What somebody has touched; what they have not stays as the shop has it, whoever changes it. */
type Typed = {
  readonly linkEnabled?: boolean;
  readonly inquiry?: boolean;
  readonly days?: string;
};

/** The settings that can be changed here. Nothing is saved before one has seen what changes. */
export function SettingsForm({ settings, onSaved, onChanged }: Props) {
  const { t } = useTranslation();
  const { denied } = useSession();
  const [typed, setTyped] = useState<Typed>({});
  const [said, setSaid] = useState<string | null>(null);
  const [confirming, setConfirming] = useState(false);
  const { linkEnabled = settings.linkEnabled, inquiry = settings.inquiry } = typed;
  const { days = String(settings.captureDeadlineDays) } = typed;
  const deadline = parseDays(days);
  const wanted = { linkEnabled, inquiry, captureDeadlineDays: deadline ?? 0 };
  const changes = changesOf(settings, wanted);

  function look(): void {
    onChanged();
    const nothing = changes.length === 0 ? t('settings.unchanged') : null;
    setSaid(deadline === null ? t('settings.deadlineWrong') : nothing);
    setConfirming(deadline !== null && changes.length > 0);
  }

  return (
    <>
      <LinkChoice on={linkEnabled} onChange={(on) => setTyped({ ...typed, linkEnabled: on })} />
      <Section title={t('settings.capture')}>
        <div className="stack">
          <TextInput
            label={t('settings.deadline')}
            description={t('settings.deadlineHint')}
            value={days}
            inputMode="numeric"
            autoComplete="off"
            error={deadline === null ? t('settings.deadlineWrong') : null}
            onChange={(event) => setTyped({ ...typed, days: event.currentTarget.value })}
            maw={420}
          />
          <Switch
            label={t('settings.inquiry')}
            description={t('settings.inquiryHint')}
            checked={inquiry}
            onChange={(event) => setTyped({ ...typed, inquiry: event.currentTarget.checked })}
          />
        </div>
      </Section>
      {said !== null && <Notice tone="warn" role="alert" title={said} />}
      <div>
        <GuardedButton denied={denied('settings:write')} onClick={look}>
          {t('settings.save')}
        </GuardedButton>
      </div>
      {confirming && (
        <SaveDialog
          settings={settings}
          changes={changes}
          onClose={() => setConfirming(false)}
          onSaved={() => {
            setTyped({});
            onSaved();
          }}
        />
      )}
    </>
  );
}

/** F-REGI自動連携, each choice with what it means. */
function LinkChoice(props: { readonly on: boolean; readonly onChange: (on: boolean) => void }) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.link')}>
      <Radio.Group
        aria-label={t('settings.link')}
        value={props.on ? 'on' : 'off'}
        onChange={(value) => props.onChange(value === 'on')}
      >
        <div className="stack">
          <Radio value="on" label={t('settings.linkOn')} description={t('settings.linkOnHint')} />
          <Radio
            value="off"
            label={t('settings.linkOff')}
            description={t('settings.linkOffHint')}
          />
        </div>
      </Radio.Group>
    </Section>
  );
}

function SaveDialog(props: {
  readonly settings: Settings;
  readonly changes: readonly Change[];
  readonly onClose: () => void;
  readonly onSaved: () => void;
}) {
  const { settings, changes, onClose, onSaved } = props;
  const { t } = useTranslation();
  const command = useSave(settings, changes, () => {
    onClose();
    onSaved();
  });
  const link = changes.find(({ name }) => name === 'linkEnabled');
  return (
    <Dialog
      title={t('settings.changes')}
      onClose={onClose}
      onConfirm={() => void command.press()}
      busy={command.progress.kind === 'sending'}
      blocked={changes.length === 0}
      confirm={t('settings.save')}
    >
      {changes.length === 0 && <p className="quiet">{t('settings.unchanged')}</p>}
      <ul className={classes.changes}>
        {changes.map((change) => (
          <li key={change.name}>
            <ChangeText change={change} />
          </li>
        ))}
      </ul>
      {link && (
        <Notice tone="warn">{t(link.to ? 'settings.linkOnHint' : 'settings.linkOffHint')}</Notice>
      )}
      <ProgressNotice progress={command.progress} onResend={() => void command.press()} />
    </Dialog>
  );
}

function ChangeText({ change }: { readonly change: Change }) {
  const { t } = useTranslation();
  switch (change.name) {
    case 'captureDeadlineDays':
      return t('settings.change', {
        name: t('settings.deadline'),
        from: t('settings.days', { count: change.from }),
        to: t('settings.days', { count: change.to }),
      });
    case 'linkEnabled':
      return t('settings.change', {
        name: t('settings.link'),
        from: t(change.from ? 'settings.linkOn' : 'settings.linkOff'),
        to: t(change.to ? 'settings.linkOn' : 'settings.linkOff'),
      });
    case 'inquiry':
      return t('settings.change', {
        name: t('settings.inquiry'),
        from: t(change.from ? 'settings.on' : 'settings.off'),
        to: t(change.to ? 'settings.on' : 'settings.off'),
      });
    default:
      return change satisfies never;
  }
}

function useSave(settings: Settings, changes: readonly Change[], onDone: () => void) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const router = useRouter();
  const query = settingsQuery(shop.id);
  return useCommand<Settings>({
    send(key) {
      const entries = changes.map(({ name, to }) => [name, to] as const);
      const body: ChangeSettings = Object.fromEntries(entries);
      return ask('PATCH', '/v1/settings', { shop: shop.id, key, version: settings.version, body });
    },
    onDone(changed) {
      onDone();
      queries.setQueryData(query.queryKey, changed);
      // The band above every screen says whether the link is on, and orders say what may be done.
      void queries.invalidateQueries({ queryKey: ['orders', shop.id] });
      void queries.invalidateQueries({ queryKey: ['order', shop.id] });
      void queries.refetchQueries(meQuery).then(() => router.invalidate());
    },
    reread: () => queries.fetchQuery({ ...query, staleTime: 0 }),
  });
}

function parseDays(text: string): number | null {
  const plain = normalized(text);
  const days = /^\d{1,3}$/.test(plain) ? Number(plain) : 0;
  return days >= 1 && days <= 365 ? days : null;
}
