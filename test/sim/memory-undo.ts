/** Returns the function that puts an entry of a table back as it is now. */
export function keep<V>(table: Map<string, V>, key: string): () => void {
  const was = table.get(key);
  return () => void (was === undefined ? table.delete(key) : table.set(key, was));
}
