/** Joins the non-empty parts of a name or an address by a half-width space. */
export function joinParts(parts: readonly string[]): string {
  return parts.filter((part) => part !== '').join(' ');
}

/**
 * The inverse: splits a text into up to `most` parts at its first spaces. It splits only if
 * {@link joinParts} returns the same text; otherwise the text stays whole, in the first part.
 */
export function splitParts(text: string, most: number): readonly string[] {
  const words = text.split(' ');
  const parts = [...words.slice(0, most - 1), words.slice(most - 1).join(' ')];
  return joinParts(parts) === text ? parts : [text];
}
