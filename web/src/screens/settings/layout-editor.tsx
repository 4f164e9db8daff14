import { NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import type { CsvLayout, ExportChoices } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readAnew } from '../../api/cache.ts';
import { ProblemError } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { layoutPreviewQuery, saveLayout } from '../../api/settings.ts';
import { csvChoicesQuery } from '../../api/views.ts';
import { useSession } from '../../app/session.tsx';
import { GuardedButton } from '../../ui/confirm/guarded-button.tsx';
import { LeaveGuard } from '../../ui/confirm/leave-guard.tsx';
import { Overtaken } from '../../ui/data/differences.tsx';
import { Section } from '../../ui/data/section.tsx';
import { ProgressNotice } from '../../ui/notice/problem.tsx';
import { differencesOf } from './describe.ts';
import { draftOf, type LayoutDraft, layoutOf, wrongIn } from './draft.ts';
import classes from './layout.module.css';
import { AvailableFields, ChosenColumns } from './layout-columns.tsx';
import { LayoutPreviewTable } from './layout-preview.tsx';

const PER = ['order', 'destination', 'line'] as const;
const ENCODINGS = ['cp932', 'utf-8'] as const;
const SETTLED_MS = 300;

/** A free layout: its columns, their sequence and names, with a preview on real orders. */
export function LayoutEditor(props: {
  readonly layout: CsvLayout | null;
  readonly fields: ExportChoices['fields'];
  readonly onSaved: (saved: CsvLayout) => void;
}) {
  const { layout, fields, onSaved } = props;
  const { t } = useTranslation();
  const { denied } = useSession();
  const [draft, setDraft] = useState(() => draftOf(layout));
  const [asked, setAsked] = useState(false);
  const wrong = wrongIn(draft);
  const isWrong = wrong.name || wrong.columns || wrong.headers.length > 0;
  const dirty = JSON.stringify(bare(draft)) !== JSON.stringify(bare(draftOf(layout)));
  const change = (changes: Partial<LayoutDraft>) => setDraft((now) => ({ ...now, ...changes }));
  const preview = usePreview(draft, wrong.columns || wrong.headers.length > 0);
  const save = useSaveLayout(layout, draft, onSaved);

  return (
    <>
      <LeaveGuard dirty={dirty} />
      <Section title={t(layout === null ? 'settings.csv.newTitle' : 'settings.csv.editTitle')}>
        <Head draft={draft} isNameless={asked && wrong.name} onChange={change} />
      </Section>
      <div className={classes.lists}>
        <Section title={t('settings.csv.available')}>
          <AvailableFields draft={draft} fields={fields} onChange={change} />
        </Section>
        <Section title={t('settings.csv.chosen')}>
          <ChosenColumns
            draft={draft}
            fields={fields}
            nameless={asked ? wrong.headers : []}
            errors={preview.errors}
            isMissing={asked && wrong.columns}
            onChange={change}
          />
        </Section>
      </div>
      <Section title={t('settings.csv.preview')}>
        <LayoutPreviewTable preview={preview.data} failed={preview.failed} />
      </Section>
      <SaveOutcome save={save} fields={fields} layout={layout} />
      <div className={classes.foot}>
        <GuardedButton
          denied={denied('change_settings')}
          loading={save.progress.kind === 'sending'}
          onClick={() => {
            setAsked(true);
            if (!isWrong) void save.press();
          }}
        >
          {t('settings.csv.save')}
        </GuardedButton>
        {dirty && <span className="quiet">{t('unsaved.unsaved')}</span>}
        {asked && isWrong && <span role="alert">{t('settings.wrong')}</span>}
      </div>
    </>
  );
}

/** The name of the layout, what a row of it is, and its character set. */
function Head(props: {
  readonly draft: LayoutDraft;
  readonly isNameless: boolean;
  readonly onChange: (changes: Partial<LayoutDraft>) => void;
}) {
  const { draft, isNameless, onChange } = props;
  const { t } = useTranslation();
  return (
    <div className={classes.head}>
      <TextInput
        label={t('settings.csv.name')}
        value={draft.name}
        autoComplete="off"
        error={isNameless ? t('settings.csv.nameWrong') : null}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
      />
      <NativeSelect
        label={t('settings.csv.per')}
        value={draft.per}
        onChange={({ currentTarget: { value } }) =>
          onChange({ per: PER.find((per) => per === value) ?? 'order' })
        }
        data={PER.map((value) => ({ value, label: t(`settings.csv.perName.${value}`) }))}
      />
      <NativeSelect
        label={t('settings.csv.encoding')}
        value={draft.encoding}
        onChange={({ currentTarget: { value } }) =>
          onChange({ encoding: ENCODINGS.find((one) => one === value) ?? 'cp932' })
        }
        data={ENCODINGS.map((value) => ({
          value,
          label: t(`settings.csv.encodings.${value}`),
        }))}
      />
    </div>
  );
}

/** The draft without the values that only the screen needs. */
function bare({ columns, ...rest }: LayoutDraft) {
  return { ...rest, columns: columns.map(({ id: _, ...column }) => column) };
}

/**
 * The draft on real orders, after a pause in the typing; and the server's objections, by column.
 */
function usePreview(draft: LayoutDraft, isWrong: boolean) {
  const { shop, denied } = useSession();
  const [settled] = useDebouncedValue(draft, SETTLED_MS);
  const layout = { ...layoutOf(settled), name: 'preview' };
  const { data, error } = useQuery({
    ...layoutPreviewQuery(shop.id, layout),
    enabled: !isWrong && wrongIn(settled).headers.length === 0 && settled.columns.length > 0,
  });
  const mayRead = denied('export_orders') === null;
  const problem = error instanceof ProblemError ? error.problem : null;
  const errors = new Map(
    (problem?.errors ?? []).map(({ pointer, message }) => [Number(pointer.split('/')[2]), message]),
  );
  const failed = error !== null && mayRead;
  return { data: isWrong || error ? undefined : data, errors, failed };
}

function useSaveLayout(
  layout: CsvLayout | null,
  draft: LayoutDraft,
  onSaved: (saved: CsvLayout) => void,
) {
  const { shop } = useSession();
  const queries = useQueryClient();
  const reread = () => readAnew(queries, csvChoicesQuery(shop.id));
  return useCommand<CsvLayout>({
    send: (key) => saveLayout(shop.id, key, layoutOf(draft), layout),
    onDone(saved) {
      void queries.invalidateQueries({ queryKey: ['settings-log', shop.id] });
      void reread().then(() => onSaved(saved));
    },
    reread,
  });
}

function SaveOutcome(props: {
  readonly save: ReturnType<typeof useSaveLayout>;
  readonly fields: ExportChoices['fields'];
  readonly layout: CsvLayout | null;
}) {
  const { save, fields, layout } = props;
  const { t } = useTranslation();
  const [seen] = useState(layout);
  const { progress, press } = save;
  const current = progress.kind === 'refused' ? progress.problem.current : undefined;
  if (current === undefined || seen === null) {
    return <ProgressNotice progress={progress} onResend={() => void press()} />;
  }
  const { id: _, version: __, ...before } = seen;
  const { id: ___, version: ____, ...after } = current;
  return <Overtaken items={differencesOf(t, before, after, fields)} />;
}
