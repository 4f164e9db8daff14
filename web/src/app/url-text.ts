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
