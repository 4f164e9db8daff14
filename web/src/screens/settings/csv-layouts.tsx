import { Button } from '@mantine/core';
import type { CsvLayout, ExportChoices } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAnew } from '../../api/cache.ts';
import { useCommand } from '../../api/command.ts';
import { deleteLayout } from '../../api/settings.ts';
import { csvChoicesQuery } from '../../api/views.ts';
import { useSession } from '../../app/session.tsx';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { Section } from '../../ui/data/section.tsx';
import { Table } from '../../ui/data/table.tsx';
import { Icon } from '../../ui/icons.tsx';
import { Empty } from '../../ui/notice/empty.tsx';
import { Loading } from '../../ui/notice/loading.tsx';
import { Notice } from '../../ui/notice/notice.tsx';
import { ProgressNotice, ReadFailure } from '../../ui/notice/problem.tsx';
import { LayoutEditor } from './layout-editor.tsx';
import classes from './settings.module.css';

const route = getRouteApi('/inside/settings');

/**
 * CSVレイアウト: the shop's own layouts, which an owner creates, edits and removes; and Renkei's
 * layouts.
 */
export function CsvLayouts() {
  const { t } = useTranslation();
  const { shop } = useSession();
  const { layout } = route.useSearch();
  const navigate = useNavigate();
  const [said, setSaid] = useState<string | null>(null);
  const { data, error, isPending, refetch } = useQuery(csvChoicesQuery(shop.id));
  const edited = data?.own.find(({ id }) => id === layout);
  if (isPending) return <Loading />;
  if (data === undefined) {
    return (
      <ReadFailure error={error} title={t('settings.csv.failed')} onRetry={() => void refetch()} />
    );
  }
  return (
    <>
      {said !== null && <Notice tone="good" role="status" title={said} />}
      {layout !== undefined && (
        <Link to="/settings" search={{ page: 'csv' }}>
          <Icon name="back" size={14} /> {t('settings.csv.back')}
        </Link>
      )}
      {layout === undefined && <Layouts choices={data} onSaid={setSaid} />}
      {layout !== undefined && layout !== 'new' && edited === undefined && (
        <Notice tone="warn" role="alert" title={t('settings.csv.gone')} />
      )}
      {(layout === 'new' || edited !== undefined) && (
        <LayoutEditor
          key={layout}
          layout={edited ?? null}
          fields={data.fields}
          onSaved={({ name }) => {
            setSaid(t('settings.csv.saved', { name }));
            void navigate({ to: '/settings', search: { page: 'csv' }, ignoreBlocker: true });
          }}
        />
      )}
    </>
  );
}

function Layouts(props: {
  readonly choices: ExportChoices;
  readonly onSaid: (said: string | null) => void;
}) {
  const { choices, onSaid } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const navigate = useNavigate();
  const [removing, setRemoving] = useState<CsvLayout | null>(null);
  const why = denied('change_settings');
  const open = (layout: string) => {
    onSaid(null);
    void navigate({ to: '/settings', search: { page: 'csv', layout } });
  };
  return (
    <>
      <Section title={t('settings.page.csv')}>
        <div className="stack">
          <p className="quiet">{t('settings.csv.lead')}</p>
          {choices.own.length === 0 && <Empty icon="list" title={t('settings.csv.none')} />}
          {choices.own.length > 0 && (
            <OwnLayouts
              layouts={choices.own}
              mayChange={why === null}
              onEdit={({ id }) => open(id)}
              onRemove={setRemoving}
            />
          )}
          <div>
            <GuardedButton denied={why} onClick={() => open('new')}>
              {t('settings.csv.create')}
            </GuardedButton>
          </div>
        </div>
      </Section>
      <ReadyLayouts choices={choices} />
      {removing && (
        <RemoveDialog
          layout={removing}
          onClose={() => setRemoving(null)}
          onRemoved={() => {
            setRemoving(null);
            onSaid(t('settings.csv.removed', { name: removing.name }));
          }}
        />
      )}
    </>
  );
}

type OwnProps = {
  readonly layouts: readonly CsvLayout[];
  readonly mayChange: boolean;
  readonly onEdit: (layout: CsvLayout) => void;
  readonly onRemove: (layout: CsvLayout) => void;
};

/** The layouts that the shop made itself. */
function OwnLayouts(props: OwnProps) {
  const { layouts, mayChange } = props;
  const { t } = useTranslation();
  return (
    <Table
      caption={t('settings.csv.caption')}
      head={
        <tr>
          <th scope="col">{t('settings.csv.name')}</th>
          <th scope="col">{t('settings.csv.per')}</th>
          <th scope="col">{t('settings.csv.encoding')}</th>
          <th scope="col">{t('settings.csv.columns')}</th>
          {mayChange && <th scope="col">{t('settings.csv.act')}</th>}
        </tr>
      }
    >
      {layouts.map((layout) => (
        <OwnLayout key={layout.id} layout={layout} {...props} />
      ))}
    </Table>
  );
}

function OwnLayout(props: OwnProps & { readonly layout: CsvLayout }) {
  const { layout, mayChange, onEdit, onRemove } = props;
  const { t } = useTranslation();
  return (
    <tr>
      <th scope="row">{layout.name}</th>
      <td>{t(`settings.csv.perName.${layout.per}`)}</td>
      <td>{t(`settings.csv.encodings.${layout.encoding}`)}</td>
      <td>{t('settings.csv.count', { count: layout.columns.length })}</td>
      {mayChange && (
        <td>
          <div className={classes.buttons}>
            <Button size="compact-sm" variant="default" onClick={() => onEdit(layout)}>
              {t('settings.csv.edit')}
              <span className="spoken">{t('settings.csv.of', { name: layout.name })}</span>
            </Button>
            <Button size="compact-sm" variant="default" onClick={() => onRemove(layout)}>
              {t('settings.csv.remove')}
              <span className="spoken">{t('settings.csv.of', { name: layout.name })}</span>
            </Button>
          </div>
        </td>
      )}
    </tr>
  );
}

/** The layouts that come with Renkei. */
function ReadyLayouts({ choices }: { readonly choices: ExportChoices }) {
  const { t } = useTranslation();
  return (
    <Section title={t('settings.csv.ready')}>
      <ul>
        {choices.layouts.map(({ id, label, encoding }) => (
          <li key={id}>
            {label} <span className="quiet">{t(`settings.csv.encodings.${encoding}`)}</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}

function RemoveDialog(props: {
  readonly layout: CsvLayout;
  readonly onClose: () => void;
  readonly onRemoved: () => void;
}) {
  const { layout, onClose, onRemoved } = props;
  const { t } = useTranslation();
  const { shop } = useSession();
  const queries = useQueryClient();
  const reread = () => readAnew(queries, csvChoicesQuery(shop.id));
  const { progress, press } = useCommand<void>({
    send: (key) => deleteLayout(shop.id, key, layout.id),
    onDone() {
      void reread().then(onRemoved);
      void queries.invalidateQueries({ queryKey: ['settings-log', shop.id] });
    },
    reread,
  });
  return (
    <Dialog
      title={t('settings.csv.removeTitle')}
      onClose={onClose}
      onConfirm={() => void press()}
      confirm={t('settings.csv.removeConfirm')}
      busy={progress.kind === 'sending'}
      danger
    >
      <p>{t('settings.csv.removeLead', { name: layout.name })}</p>
      <ProgressNotice progress={progress} onResend={() => void press()} />
    </Dialog>
  );
}
