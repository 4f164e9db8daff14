import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/** A change of the code under test: a text in a file of the repository, which stands there once. */
export type Edit = { readonly file: string; readonly from: string; readonly to: string };

const ROOT = new URL('../../', import.meta.url);

/**
 * Breaks sources as they are loaded, in this thread, for modules that are not loaded yet. Nothing
 * is written to disk. Throws where a text is not found once: then the edit is out of date.
 */
export function breakSources(edits: readonly Edit[]): void {
  registerHooks({
    load(url, context, next) {
      const loaded = next(url, context);
      const own = edits.filter(({ file }) => url === new URL(file, ROOT).href);
      if (own.length === 0 || loaded.source == null) return loaded;
      const source =
        typeof loaded.source === 'string' ? loaded.source : new TextDecoder().decode(loaded.source);
      return { ...loaded, source: own.reduce(applyEdit, source) };
    },
  });
}

/** The source with an edit made. */
export function applyEdit(source: string, { file, from, to }: Edit): string {
  const parts = source.split(from);
  if (parts.length !== 2) {
    throw new Error(`${file}: a text to be broken stands there ${parts.length - 1} times: ${from}`);
  }
  return parts.join(to);
}

/** Where a file of an edit is on this machine. */
export function pathOf({ file }: Edit): string {
  return fileURLToPath(new URL(file, ROOT));
}
