import type { Drift, DriftKind } from './drift.ts';

/** An item, open or dismissed by a person, as far as a new finding needs it. */
export type KnownItem = {
  readonly id: string;
  readonly kind: DriftKind;
  /** The order's number, or the 取引番号 of a transaction without a known order. */
  readonly subject: string;
  readonly fingerprint: string;
};

export type FoundDrift = { readonly subject: string; readonly drift: Drift };

/** The changes of the attention items that follow from the findings. */
export type ItemChanges = {
  readonly opened: readonly FoundDrift[];
  readonly changed: readonly (FoundDrift & { readonly id: string })[];
  readonly agreed: readonly KnownItem[];
};

/**
 * Opens new findings, updates items whose facts changed, and closes items without a finding. An
 * item closed by a person stays closed while its fact stays the same. Pure.
 */
export function decideItems(
  open: readonly KnownItem[],
  dismissed: readonly KnownItem[],
  found: readonly FoundDrift[],
): ItemChanges {
  const nameOf = (kind: DriftKind, subject: string) => `${kind} ${subject}`;
  const known = new Map(open.map((item) => [nameOf(item.kind, item.subject), item]));
  const closed = new Set(
    dismissed.map(({ kind, subject, fingerprint }) => `${nameOf(kind, subject)} ${fingerprint}`),
  );
  const names = new Set(found.map(({ drift, subject }) => nameOf(drift.kind, subject)));
  const opened: FoundDrift[] = [];
  const changed: (FoundDrift & { id: string })[] = [];
  for (const one of found) {
    const name = nameOf(one.drift.kind, one.subject);
    const item = known.get(name);
    if (item !== undefined) {
      if (item.fingerprint !== one.drift.fingerprint) changed.push({ ...one, id: item.id });
    } else if (!closed.has(`${name} ${one.drift.fingerprint}`)) {
      opened.push(one);
    }
  }
  const agreed = open.filter(({ kind, subject }) => !names.has(nameOf(kind, subject)));
  return { opened, changed, agreed };
}
