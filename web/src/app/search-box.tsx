import { Kbd, TextInput } from '@mantine/core';
import { SEARCH_MAX } from '@renkei/contract';
import { useNavigate, useRouterState } from '@tanstack/react-router';
import { type KeyboardEvent, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isComposing } from '../ui/browser/keyboard.ts';
import { Icon } from '../ui/icons.tsx';
import classes from './frame.module.css';

export const SEARCH_ID = 'search';

/** The search over all orders. A whole 受注コード opens its order. */
export function SearchBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const shown = useRouterState({
    select: ({ location }) => (location.pathname === '/orders' ? (location.search.q ?? '') : ''),
  });
  const [text, setText] = useState(shown);
  useEffect(() => setText(shown), [shown]);

  function search(): void {
    const q = text.trim();
    const number = q.normalize('NFKC');
    if (/^\d{12}$/.test(number)) {
      void navigate({ to: '/orders/$orderNumber', params: { orderNumber: number } });
    } else {
      void navigate({ to: '/orders', search: q === '' ? {} : { q } });
    }
  }

  function onKeyDown(event: KeyboardEvent<HTMLInputElement>): void {
    if (isComposing(event.nativeEvent)) return;
    if (event.key === 'Enter') search();
    if (event.key === 'Escape') event.currentTarget.blur();
  }

  return (
    <search className={classes.search}>
      <TextInput
        id={SEARCH_ID}
        type="search"
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onPaste={(event) => {
          // Codes from a copied column come with line breaks; the field would join them into one
          // word.
          const pasted = event.clipboardData.getData('text');
          if (!/[\r\n\t]/.test(pasted)) return;
          event.preventDefault();
          setText(`${text} ${pasted.replaceAll(/\s+/g, ' ')}`.trim());
        }}
        onKeyDown={onKeyDown}
        aria-label={t('frame.search')}
        placeholder={t('frame.searchHint')}
        leftSection={<Icon name="search" />}
        rightSection={
          <Kbd aria-hidden="true" visibleFrom="sm">
            /
          </Kbd>
        }
        aria-keyshortcuts="/"
        maxLength={SEARCH_MAX}
        enterKeyHint="search"
      />
    </search>
  );
}
