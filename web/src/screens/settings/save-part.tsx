import type { ChangeSettings, Settings } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useRouter } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { keepAnswer, readAnew } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { meQuery, settingsQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { LeaveGuard } from '../../ui/confirm/leave-guard.tsx';
import { type Difference, Differences, Overtaken } from '../../ui/data/differences.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { differencesOf, type Values } from './describe.ts';
import classes from './settings.module.css';

/** The properties of every form of the settings. */
export type FormProps = {
  readonly settings: Settings;
  readonly onSaved: () => void;
  /** The person edits again: the message about the last saving goes away. */
  readonly onChanged: () => void;
};

type Props = FormProps & {
  /** The change: the touched values only. */
  readonly body: ChangeSettings;
  /** True if a field shows an error. */
  readonly wrong: boolean;
  /** A warning beside the differences, if a change has further effects. */
  readonly warning?: string | null;
};

/** 設定する: shows the differences before it saves, and asks before a link loses typed text. */
export function SavePart(props: Props) {
  const { settings, body, wrong, onChanged } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const [said, setSaid] = useState<string | null>(null);
  const [confirming, setConfirming] = useState(false);
  const changes = differencesOf(t, comparable(settings), comparable(wantedOf(settings, body)));
  const dirty = changes.length > 0;

  function look(): void {
    onChanged();
    setSaid(wrong ? t('settings.wrong') : dirty ? null : t('settings.unchanged'));
    setConfirming(!wrong && dirty);
  }

  return (
    <>
      <LeaveGuard dirty={dirty || wrong} />
      {said !== null && <Notice tone="warn" role="alert" title={said} />}
      <div className={classes.save}>
        <GuardedButton denied={denied('change_settings')} onClick={look}>
          {t('settings.save')}
        </GuardedButton>
        {dirty && <span className="quiet">{t('unsaved.unsaved')}</span>}
      </div>
      {confirming && (
        <SaveDialog {...props} changes={changes} onClose={() => setConfirming(false)} />
      )}
    </>
  );
}

/** The settings after the change. */
function wantedOf(settings: Settings, body: ChangeSettings): Values {
  const policies = { ...settings.paymentPolicies, ...body.paymentPolicies };
  const deadlines = { ...settings.captureDeadlines, ...body.captureDeadlines };
  return { ...settings, ...body, paymentPolicies: policies, captureDeadlines: deadlines };
}

function SaveDialog(
  props: Props & { readonly changes: readonly Difference[]; readonly onClose: () => void },
) {
  const { settings, body, changes, warning = null, onClose, onSaved } = props;
  const { t } = useTranslation();
  const [seen] = useState(settings);
  const { progress, press } = useSave(settings, body, () => {
    onClose();
    onSaved();
  });
  const current = progress.kind === 'refused' ? progress.problem.current : undefined;
  return (
    <Dialog
      title={t('settings.changes')}
      onClose={onClose}
      onConfirm={() => void press()}
      busy={progress.kind === 'sending'}
      blocked={changes.length === 0}
      confirm={t('settings.save')}
    >
      {changes.length === 0 && <p className="quiet">{t('settings.unchanged')}</p>}
      <Differences items={changes} />
      {warning !== null && <Notice tone="warn">{warning}</Notice>}
      {current === undefined ? (
        <ProgressNotice progress={progress} onResend={() => void press()} />
      ) : (
        <Overtaken items={differencesOf(t, comparable(seen), comparable(current))} />
      )}
    </Dialog>
  );
}

/** Leaves out the values that change at every saving and are no settings. */
function comparable({ version: _, updatedAt: __, fregi: ___, ...values }: Values): Values {
  return values;
}

function useSave(settings: Settings, body: ChangeSettings, onDone: () => void) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const router = useRouter();
  const query = settingsQuery(shop.id);
  return useCommand<Settings>({
    send: (key) =>
      ask('PATCH', '/v1/settings', { shop: shop.id, key, version: settings.version, body }),
    onDone(changed) {
      onDone();
      keepAnswer(queries, query.queryKey, changed);
      // The band above every screen shows the link, and orders show what a person may do.
      void queries.invalidateQueries({ queryKey: ['orders', shop.id] });
      void queries.invalidateQueries({ queryKey: ['order', shop.id] });
      void queries.invalidateQueries({ queryKey: ['settings-log', shop.id] });
      void queries.refetchQueries(meQuery).then(() => router.invalidate());
    },
    reread: () => readAnew(queries, query),
  });
}
