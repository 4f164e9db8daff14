import { useEffect, useRef } from 'react';

/**
 * True while an input method composes Japanese: its Enter chooses a word and confirms nothing.
 * Safari reports that Enter with keyCode 229 and no `isComposing`.
 */
export function isComposing(event: KeyboardEvent): boolean {
  return event.isComposing || event.keyCode === 229;
}

/** True for Ctrl+Enter or ⌘+Enter, which confirms a dialog. */
export function isSubmit(event: KeyboardEvent): boolean {
  return event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !isComposing(event);
}

const STORED = 'renkei.keys';
const SEQUENCE_MS = 1_200;

/** A person can turn single-letter keys off (WCAG 2.1.4). */
export function areShortcutsOn(): boolean {
  return localStorage.getItem(STORED) !== 'off';
}

export function turnShortcuts(on: boolean): void {
  if (on) localStorage.removeItem(STORED);
  else localStorage.setItem(STORED, 'off');
}

/**
 * Key, two keys one after the other (`g o`), or a key with Ctrl or ⌘ (`Ctrl+a`) → its action.
 * Undefined: the key has no action now, and the browser handles it.
 */
export type Shortcuts = Readonly<Record<string, (() => void) | undefined>>;

/** Listens for keys outside of fields and dialogs. */
export function useShortcuts(shortcuts: Shortcuts): void {
  const current = useRef(shortcuts);
  useEffect(() => {
    current.current = shortcuts;
  });
  useEffect(() => {
    let before = { key: '', at: 0 };
    function onKeyDown(event: KeyboardEvent): void {
      if (!isForShortcuts(event)) return;
      const key = event.ctrlKey || event.metaKey ? `Ctrl+${event.key}` : event.key;
      const first = event.timeStamp - before.at < SEQUENCE_MS ? before.key : '';
      before = { key, at: event.timeStamp };
      const act = current.current[`${first} ${key}`] ?? alone(first, key);
      if (act === undefined) return;
      event.preventDefault();
      act();
    }
    function alone(first: string, key: string): (() => void) | undefined {
      return first === 'g' ? undefined : current.current[key];
    }
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, []);
}

function isForShortcuts(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.altKey) return false;
  if (isComposing(event) || !areShortcutsOn() || isEditable(event.target)) return false;
  return document.querySelector('[aria-modal="true"]') === null;
}

const NOT_TYPED_INTO = ['checkbox', 'radio', 'button', 'submit'];

function isEditable(target: EventTarget | null): boolean {
  if (!(target instanceof HTMLElement)) return false;
  if (target instanceof HTMLInputElement) return !NOT_TYPED_INTO.includes(target.type);
  return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
}
