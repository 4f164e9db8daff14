/** Parts of a name or an address in one: those that are not empty, joined by a half-width space. */
export function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/**
 * The inverse: a text in up to `most` parts, split at its first spaces. It is split only where
 * {@link joinParts} gives the very text back; otherwise it stays whole, in the first part.
 */
export function splitParts(text: string, most: number): readonly string[] {
  const words = text.split(' ');
  const parts = [...words.slice(0, most - 1), words.slice(most - 1).join(' ')];
  return joinParts(parts) === text ? parts : [text];
}
