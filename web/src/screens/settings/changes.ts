import type { Settings } from '@renkei/backoffice/contract';

type Editable = Pick<Settings, 'linkEnabled' | 'inquiry' | 'captureDeadlineDays'>;

/** A setting, as it is and as it will be. */
export type Change =
  | { readonly name: 'linkEnabled' | 'inquiry'; readonly from: boolean; readonly to: boolean }
  | { readonly name: 'captureDeadlineDays'; readonly from: number; readonly to: number };

/** What differs between the settings and what the form says. */
export function changesOf(settings: Editable, wanted: Editable): Change[] {
  const changes: Change[] = [];
  for (const name of ['linkEnabled', 'inquiry'] as const) {
    if (settings[name] !== wanted[name]) {
      changes.push({ name, from: settings[name], to: wanted[name] });
    }
  }
  const { captureDeadlineDays: from } = settings;
  const { captureDeadlineDays: to } = wanted;
  if (from !== to) changes.push({ name: 'captureDeadlineDays', from, to });
  return changes;
}
