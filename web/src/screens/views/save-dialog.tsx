import { Button, TextInput } from '@mantine/core';
import type { ListView } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAnew } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import type { OrderListWish } from '../../api/queries.ts';
import { filterOf, viewsQuery } from '../../api/views.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import classes from './views.module.css';

/** Saves the filter under a name, and deletes saved views. */
export function SaveDialog(props: {
  readonly wish: OrderListWish;
  readonly views: readonly ListView[];
  readonly onClose: () => void;
}) {
  const { wish, views, onClose } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const [name, setName] = useState('');
  const [asked, setAsked] = useState(false);
  const reread = () => readAnew(queries, viewsQuery(shop.id));
  const missing = name.trim() === '';
  const save = useCommand<ListView>({
    send: (key) =>
      ask('POST', '/v1/views', { shop: shop.id, key, body: { name, filter: filterOf(wish) } }),
    onDone() {
      void reread();
      onClose();
    },
    reread,
  });

  function confirm(): void {
    setAsked(true);
    if (!missing) void save.press();
  }

  return (
    <Dialog
      title={t('views.saveTitle')}
      onClose={onClose}
      onConfirm={confirm}
      confirm={t('views.saveButton')}
      busy={save.progress.kind === 'sending'}
    >
      <p>{t('views.saveLead')}</p>
      <TextInput
        label={t('views.name')}
        value={name}
        maxLength={40}
        error={asked && missing ? t('views.nameMissing') : null}
        onChange={(event) => setName(event.currentTarget.value)}
        data-autofocus
      />
      <ProgressNotice progress={save.progress} onResend={() => void save.press()} />
      {views.length > 0 && (
        <details>
          <summary>{t('views.manage')}</summary>
          <ul className={classes.kept}>
            {views.map((view) => (
              <Kept key={view.id} view={view} reread={reread} />
            ))}
          </ul>
        </details>
      )}
    </Dialog>
  );
}

function Kept(props: { readonly view: ListView; readonly reread: () => Promise<unknown> }) {
  const { view, reread } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const remove = useCommand({
    send: (key) => ask('DELETE', `/v1/views/${view.id}`, { shop: shop.id, key }),
    onDone: () => void reread(),
    reread,
  });
  return (
    <li>
      <span>{view.name}</span>
      <Button
        variant="default"
        size="compact-sm"
        loading={remove.progress.kind === 'sending'}
        aria-label={t('views.deleteView', { name: view.name })}
        onClick={() => void remove.press()}
      >
        {t('views.delete')}
      </Button>
      <ProgressNotice progress={remove.progress} onResend={() => void remove.press()} />
    </li>
  );
}
