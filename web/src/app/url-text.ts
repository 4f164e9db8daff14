/**
 * What an address says under a name, as text; undefined where it says nothing. A link within the
 * screens may give a number or a truth; anything else says nothing, so that no address is an error.
 */
export function urlText(
  search: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  const value = search[name];
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/** `true` where an address says so, and nothing where it does not: a switch is on or left out. */
export function urlTrue(
  search: Readonly<Record<string, unknown>>,
  name: string,
): 'true' | undefined {
  return urlText(search, name) === 'true' ? 'true' : undefined;
}
