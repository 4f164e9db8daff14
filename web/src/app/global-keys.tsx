import { Kbd, Modal, Switch } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { areShortcutsOn, turnShortcuts, useShortcuts } from '../ui/keyboard.ts';
import classes from './frame.module.css';
import { SEARCH_ID } from './search-box.tsx';

const OPEN_HELP = 'renkei:key-help';

/** Opens the list of keys, from wherever. */
export function openKeyHelp(): void {
  document.dispatchEvent(new Event(OPEN_HELP));
}

/** The keys that work everywhere, and their list. */
export function GlobalKeys() {
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  useEffect(() => {
    const open = () => setOpened(true);
    document.addEventListener(OPEN_HELP, open);
    return () => document.removeEventListener(OPEN_HELP, open);
  }, []);
  useShortcuts({
    '/': () => document.getElementById(SEARCH_ID)?.focus(),
    'g o': () => void navigate({ to: '/orders', search: {} }),
    'g u': () => void navigate({ to: '/orders', search: { tab: 'unpaid' } }),
    'g j': () => void navigate({ to: '/runs' }),
    '?': () => setOpened(true),
  });
  return opened ? <KeyHelp onClose={() => setOpened(false)} /> : null;
}

const KEYS = [
  ['/', 'keys.search'],
  ['g o', 'keys.orders'],
  ['g u', 'keys.unpaid'],
  ['g j', 'keys.runs'],
  ['1 … 7', 'keys.tabs'],
  ['j / k', 'keys.rows'],
  ['x', 'keys.select'],
  ['Ctrl + A', 'keys.selectAll'],
  ['Enter', 'keys.open'],
  ['p', 'keys.markPaid'],
  ['Ctrl + Enter', 'keys.confirm'],
  ['Esc', 'keys.escape'],
  ['?', 'keys.list'],
] as const;

function KeyHelp({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const [on, setOn] = useState(areShortcutsOn);
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('keys.title')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <table className={classes.keys}>
        <caption className="spoken">{t('keys.help')}</caption>
        <tbody>
          {KEYS.map(([key, name]) => (
            <tr key={key}>
              <th scope="row">
                <Kbd>{key}</Kbd>
              </th>
              <td>{t(name)}</td>
            </tr>
          ))}
        </tbody>
      </table>
      <p className="quiet">{t('keys.note')}</p>
      <Switch
        mt="md"
        label={t('keys.enabled')}
        checked={on}
        onChange={(event) => {
          turnShortcuts(event.currentTarget.checked);
          setOn(event.currentTarget.checked);
        }}
      />
    </Modal>
  );
}
