import { Button } from '@mantine/core';
import { type KeyboardEvent, useId, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../../ui/browser/keyboard.ts';
import { Dialog } from '../../ui/confirm/dialog.tsx';
import { FILTER_NAMES, type OrdersSearch } from '../orders/search.ts';
import { useChange } from '../orders/use-change.ts';
import { type Draft, type DraftErrors, readDraft } from './draft.ts';
import { Fields, type Form } from './filter-fields.tsx';
import classes from './filters.module.css';

/** 詳細検索: every filter of the list at once. A typed text stays until it makes sense. */
export function FilterDialog(props: {
  readonly search: OrdersSearch;
  readonly onClose: () => void;
}) {
  const { search, onClose } = props;
  const { t } = useTranslation();
  const change = useChange(search);
  const [draft, setDraft] = useState<Draft>(() => draftOf(search));
  const [errors, setErrors] = useState<DraftErrors>({});
  const id = useId();
  const form: Form = {
    draft,
    errors,
    set: (name, value) => setDraft((now) => ({ ...now, [name]: value })),
  };

  function confirm(): void {
    const read = readDraft(draft);
    if (read.kind === 'read') {
      onClose();
      change(read.filters);
      return;
    }
    setErrors(read.errors);
    const first = FILTER_NAMES.find((name) => read.errors[name] !== undefined);
    document.getElementById(`${id}-${first}`)?.focus();
  }

  function onKeyDown(event: KeyboardEvent<HTMLElement>): void {
    const isField = event.target instanceof HTMLInputElement;
    if (event.key !== 'Enter' || !isField || event.ctrlKey || event.metaKey) return;
    if (isComposing(event.nativeEvent)) return;
    event.preventDefault();
    confirm();
  }

  return (
    <Dialog
      title={t('filters.title')}
      size="lg"
      form
      onClose={onClose}
      onConfirm={confirm}
      confirm={t('filters.search')}
      busy={false}
    >
      {/* biome-ignore lint/a11y/noStaticElementInteractions: Enter in a field searches. */}
      <div className={classes.form} onKeyDown={onKeyDown}>
        <Fields id={id} {...form} />
        <div>
          <Button variant="subtle" size="compact-sm" onClick={() => setDraft({})}>
            {t('filters.clear')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}

function draftOf(search: OrdersSearch): Draft {
  return Object.fromEntries(
    FILTER_NAMES.flatMap((name) => (search[name] === undefined ? [] : [[name, search[name]]])),
  );
}
