/** Shares one look among all callers while it lasts, and for `standsMs` milliseconds after it. */
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
