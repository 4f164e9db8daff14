/**
 * The text under a name in an address; undefined if there is none. A link within the screens may
 * give a number or a boolean. Every other value counts as absent: so no address is an error.
 */
export function urlText(
  search: Readonly<Record<string, unknown>>,
  name: string,
): string | undefined {
  const value = search[name];
  if (typeof value === 'string') return value === '' ? undefined : value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : undefined;
}

/**
 * `true` if the address says so, otherwise undefined: an address holds a switch or leaves it out.
 */
export function urlTrue(
  search: Readonly<Record<string, unknown>>,
  name: string,
): 'true' | undefined {
  return urlText(search, name) === 'true' ? 'true' : undefined;
}
