import { STORY } from '../../core/src/domain/drift/drift-stories.ts';
import { REASON } from '../../core/src/domain/reasons/index.ts';

/** The sentences that the API says in the view of an order, by their keys. */
export function saidByApi(order: object): Set<string> {
  const said = new Set<string>();
  for (const found of objectsIn(order)) {
    if (isReason(found)) said.add(`reason.${found.code}`);
    if ('why' in found && typeof found.why === 'string') said.add(`story.${storyOf(found.why)}`);
  }
  const { actions } = order as { actions: { remedies: { id: string }[] } };
  for (const { id } of actions.remedies) said.add(`remedy.${id}`);
  return said;
}

function* objectsIn(value: unknown): Generator<object> {
  if (typeof value !== 'object' || value === null) return;
  yield value;
  for (const inner of Object.values(value)) yield* objectsIn(inner);
}

function isReason(value: object): value is { readonly code: string } {
  return 'code' in value && 'cause' in value && String(value.code) in REASON;
}

function storyOf(why: string): string {
  const found = Object.entries(STORY).find(([, { ja }]) => ja === why);
  if (found === undefined) throw new Error(`no story says: ${why}`);
  return found[0];
}
