import { ActionIcon, Button, TextInput } from '@mantine/core';
import type { ExportChoices } from '@renkei/contract';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Icon } from '../../ui/icons.tsx';
import { type DraftColumn, type LayoutDraft, moved, nameOf } from './draft.ts';
import classes from './layout.module.css';

type ColumnFields = ExportChoices['fields'];

const GROUPS = ['order', 'destination', 'line'] as const;

/** Every available field, by subject; a press adds it at the end. */
export function AvailableFields(props: {
  readonly draft: LayoutDraft;
  readonly fields: ColumnFields;
  readonly onChange: (changes: Partial<LayoutDraft>) => void;
}) {
  const { draft, fields, onChange } = props;
  const { t } = useTranslation();
  const [wanted, setWanted] = useState('');
  const text = wanted.normalize('NFKC').toLowerCase();
  const fitting = fields.filter(({ name }) => name.normalize('NFKC').toLowerCase().includes(text));
  const add = (field: string | null) => {
    const id = Math.max(-1, ...draft.columns.map((column) => column.id)) + 1;
    onChange({ columns: [...draft.columns, { id, field, text: '', header: '' }] });
  };
  return (
    <div className="stack">
      <TextInput
        type="search"
        aria-label={t('settings.csv.find')}
        placeholder={t('settings.csv.find')}
        value={wanted}
        onChange={(event) => setWanted(event.currentTarget.value)}
      />
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: keyboards must reach it. */}
      <section className={classes.fields} tabIndex={0} aria-label={t('settings.csv.available')}>
        {GROUPS.map((group) => {
          const some = fitting.filter(({ of }) => of === group);
          if (some.length === 0) return null;
          return (
            <div key={group}>
              <h3 className={classes.group}>{t(`settings.csv.group.${group}`)}</h3>
              <div className={classes.choices}>
                {some.map(({ field, name }) => (
                  <Button
                    key={field}
                    size="compact-sm"
                    variant="default"
                    aria-label={t('settings.csv.add', { name })}
                    onClick={() => add(field)}
                  >
                    {name}
                  </Button>
                ))}
              </div>
            </div>
          );
        })}
      </section>
      <div>
        <Button size="compact-md" variant="default" onClick={() => add(null)}>
          {t('settings.csv.addText')}
        </Button>
      </div>
    </div>
  );
}

/**
 * The columns of the file in their sequence; a person moves, renames and removes them, also by
 * keyboard.
 */
export function ChosenColumns(props: {
  readonly draft: LayoutDraft;
  readonly fields: ColumnFields;
  /** Columns whose header is missing. */
  readonly nameless: readonly number[];
  /** The server's objection to a column, by its place. */
  readonly errors: ReadonlyMap<number, string>;
  readonly isMissing: boolean;
  readonly onChange: (changes: Partial<LayoutDraft>) => void;
}) {
  const { draft, fields, nameless, errors, isMissing, onChange } = props;
  const { columns } = draft;
  const { t } = useTranslation();
  const [said, setSaid] = useState('');

  function errorOf({ id }: DraftColumn, index: number): string | null {
    return nameless.includes(id) ? t('settings.csv.headerWrong') : (errors.get(index) ?? null);
  }

  function replace({ id }: DraftColumn, changes: Partial<DraftColumn>): void {
    onChange({ columns: columns.map((one) => (one.id === id ? { ...one, ...changes } : one)) });
  }

  function move(index: number, by: -1 | 1, name: string): void {
    onChange({ columns: moved(columns, index, by) });
    setSaid(t('settings.csv.moved', { name, n: String(index + by + 1) }));
    focusMove(columns[index], by);
  }

  return (
    <div className="stack">
      <p className="quiet">{t('settings.csv.chosenLead')}</p>
      <span className="spoken" role="status">
        {said}
      </span>
      {columns.length === 0 && <NoColumns isMissing={isMissing} />}
      <ol className={classes.chosen}>
        {columns.map((column, index) => {
          const name = nameOf(column, fields, t('settings.csv.textName'));
          return (
            <Column
              key={column.id}
              column={column}
              index={index}
              name={name}
              isLast={index === columns.length - 1}
              error={errorOf(column, index)}
              onMove={(by) => move(index, by, name)}
              onRemove={() => onChange({ columns: columns.filter(({ id }) => id !== column.id) })}
              onChange={(changes) => replace(column, changes)}
            />
          );
        })}
      </ol>
    </div>
  );
}

function NoColumns({ isMissing }: { readonly isMissing: boolean }) {
  const { t } = useTranslation();
  return (
    <p role={isMissing ? 'alert' : undefined} data-tone={isMissing ? 'bad' : 'quiet'}>
      {t('settings.csv.chosenNone')}
    </p>
  );
}

/** The row has moved in the page, and the focus goes along. */
function focusMove(column: DraftColumn | undefined, by: -1 | 1): void {
  requestAnimationFrame(() => {
    const buttons = document.querySelectorAll<HTMLElement>(`[data-column="${column?.id}"] button`);
    (by === -1 ? buttons[0] : buttons[1])?.focus();
  });
}

function Column(props: {
  readonly column: DraftColumn;
  readonly index: number;
  readonly name: string;
  readonly isLast: boolean;
  readonly error: string | null;
  readonly onMove: (by: -1 | 1) => void;
  readonly onRemove: () => void;
  readonly onChange: (changes: Partial<DraftColumn>) => void;
}) {
  const { column, index, name, isLast, error, onMove, onRemove, onChange } = props;
  const { t } = useTranslation();
  const place = { n: String(index + 1), name };
  return (
    <li className={classes.column} data-column={column.id}>
      <div className={classes.moves}>
        <Move
          icon="up"
          label={t('settings.csv.up', place)}
          off={index === 0}
          act={() => onMove(-1)}
        />
        <Move
          icon="down"
          label={t('settings.csv.down', place)}
          off={isLast}
          act={() => onMove(1)}
        />
      </div>
      <span className={classes.name}>
        {index + 1}. {column.field === null ? t('settings.csv.textName') : name}
      </span>
      <div className={classes.inputs}>
        {column.field === null && (
          <TextInput
            size="xs"
            aria-label={t('settings.csv.textOf', place)}
            placeholder={t('settings.csv.text')}
            value={column.text}
            maxLength={200}
            onChange={(event) => onChange({ text: event.currentTarget.value })}
          />
        )}
        <TextInput
          size="xs"
          aria-label={t('settings.csv.headerOf', place)}
          placeholder={column.field === null ? t('settings.csv.header') : name}
          value={column.header}
          maxLength={50}
          error={error}
          onChange={(event) => onChange({ header: event.currentTarget.value })}
        />
      </div>
      <Move icon="cross" label={t('settings.csv.take', place)} off={false} act={onRemove} />
    </li>
  );
}

function Move(props: {
  readonly icon: 'up' | 'down' | 'cross';
  readonly label: string;
  readonly off: boolean;
  readonly act: () => void;
}) {
  const { icon, label, off, act } = props;
  return (
    <ActionIcon
      size={26}
      variant="subtle"
      color="gray"
      aria-label={label}
      {...(off ? { 'data-disabled': true, 'aria-disabled': true } : { onClick: act })}
    >
      <Icon name={icon} size={14} />
    </ActionIcon>
  );
}
