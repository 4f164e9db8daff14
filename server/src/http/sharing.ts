/** One look for all who ask while it lasts, and for some milliseconds after it has ended. */
export function sharing<T>(look: () => Promise<T>, standsMs: number): () => Promise<T> {
  let last: Promise<T> | null = null;

  function letGo(): void {
    last = null;
  }

  return () => {
    last ??= look().finally(() => setTimeout(letGo, standsMs).unref());
    return last;
  };
}
