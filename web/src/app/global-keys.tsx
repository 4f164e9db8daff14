import { useWindowEvent } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useShortcuts } from '../ui/browser/keyboard.ts';
import { SEARCH_ID } from './search-box.tsx';

const KeyHelp = lazy(() => import('./key-help.tsx').then(({ KeyHelp }) => ({ default: KeyHelp })));

const OPEN_HELP = 'renkei:key-help';

/** Opens the list of keys, from any screen. */
export function openKeyHelp(): void {
  window.dispatchEvent(new Event(OPEN_HELP));
}

/** The keys of every screen, and their list. */
export function GlobalKeys() {
  const navigate = useNavigate();
  const [opened, setOpened] = useState(false);
  useWindowEvent(OPEN_HELP, () => setOpened(true));
  useShortcuts({
    '/': () => document.getElementById(SEARCH_ID)?.focus(),
    'g h': () => void navigate({ to: '/' }),
    'g o': () => void navigate({ to: '/orders', search: {} }),
    'g u': () => void navigate({ to: '/orders', search: { tab: 'unpaid' } }),
    'g d': () => void navigate({ to: '/attention' }),
    'g r': () => void navigate({ to: '/reconciliation' }),
    'g a': () => void navigate({ to: '/activity' }),
    'g j': () => void navigate({ to: '/runs' }),
    '?': () => setOpened(true),
  });
  if (!opened) return null;
  return (
    <Suspense fallback={null}>
      <KeyHelp onClose={() => setOpened(false)} />
    </Suspense>
  );
}
