import { Kbd, Modal, Switch } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { areShortcutsOn, turnShortcuts } from '../ui/browser/keyboard.ts';
import classes from './frame.module.css';

const KEYS = [
  ['/', 'keys.search'],
  ['g h', 'frame.home'],
  ['g o', 'keys.orders'],
  ['g u', 'keys.unpaid'],
  ['g d', 'keys.attention'],
  ['g r', 'frame.reconciliation'],
  ['g a', 'frame.activity'],
  ['g j', 'keys.runs'],
  ['1 … 8', 'keys.tabs'],
  ['j / k', 'keys.rows'],
  ['x', 'keys.select'],
  ['Ctrl + A', 'keys.selectAll'],
  ['Enter', 'keys.open'],
  ['[ / ]', 'keys.neighbours'],
  ['p', 'keys.markPaid'],
  ['h', 'keys.ship'],
  ['c', 'keys.cancelOrders'],
  ['f', 'keys.filters'],
  ['Ctrl + Enter', 'keys.confirm'],
  ['Esc', 'keys.escape'],
  ['?', 'keys.list'],
] as const;

/** The list of keys, and the switch that turns them off (WCAG 2.1.4). */
export function KeyHelp({ onClose }: { readonly onClose: () => void }) {
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
