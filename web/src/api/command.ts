import type { Problem } from '@renkei/contract';
import { useRef, useState } from 'react';
import { isUncertain, ProblemError } from './client.ts';

/**
 * The progress of a command. `lost`: no answer came; `reread`: none came, but the state is known.
 */
export type Progress =
  | { readonly kind: 'idle' }
  | { readonly kind: 'sending' }
  | {
      readonly kind: 'refused';
      readonly problem: Problem;
      /** Sends the same command again, with the text that a person typed (S2). */
      readonly confirm: (typed: string) => Promise<void>;
    }
  | { readonly kind: 'lost' }
  | { readonly kind: 'reread' };

export type CommandPress = {
  readonly progress: Progress;
  /** Sends the command with the typed confirmation. Further presses wait until it has ended. */
  readonly press: (typed?: string) => Promise<void>;
  readonly forget: () => void;
};

export type CommandOptions<T> = {
  readonly send: (key: string, typed?: string) => Promise<T>;
  readonly onDone: (result: T) => void;
  /** Reads the current state: after every refusal, and when no answer came. */
  readonly reread: () => Promise<unknown>;
};

const REREAD_WAITS_MS = [0, 1_000, 3_000, 8_000];

/**
 * One intent of a person. It keeps one idempotency key until its outcome is certain. The screen
 * never shows a lost answer as a failure: it reads the state again, and a second sending repeats
 * nothing.
 */
export function useCommand<T>({ send, onDone, reread }: CommandOptions<T>): CommandPress {
  const [progress, setProgress] = useState<Progress>({ kind: 'idle' });
  const key = useRef(newKey());
  const busy = useRef(false);
  const given = useRef<string>(undefined);

  async function press(typed?: string): Promise<void> {
    if (busy.current) return;
    busy.current = true;
    given.current = typed ?? given.current; // a second sending carries the same text
    setProgress({ kind: 'sending' });
    try {
      const result = await send(key.current, given.current);
      key.current = newKey();
      given.current = undefined;
      setProgress({ kind: 'idle' });
      onDone(result);
    } catch (error) {
      await settle(error);
    } finally {
      busy.current = false;
    }
  }

  async function settle(error: unknown): Promise<void> {
    if (error instanceof ProblemError && !isUncertain(error)) {
      key.current = newKey();
      given.current = undefined;
      // The next press must act on the current state.
      await reread().catch(() => {});
      setProgress({ kind: 'refused', problem: error.problem, confirm: press });
      return;
    }
    setProgress({ kind: 'lost' });
    busy.current = false; // The person may send the same key again meanwhile.
    if (await readAtLast(reread)) {
      setProgress((now) => (now.kind === 'lost' ? { kind: 'reread' } : now));
    }
  }

  return { progress, press, forget: () => setProgress({ kind: 'idle' }) };
}

async function readAtLast(reread: () => Promise<unknown>): Promise<boolean> {
  for (const ms of REREAD_WAITS_MS) {
    await new Promise((resolve) => setTimeout(resolve, ms));
    const known = await reread().then(
      () => true,
      () => false,
    );
    if (known) return true;
  }
  return false;
}

/** 128 random bits. Browsers lack `crypto.randomUUID` on plain http in a shop's own network. */
function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}
