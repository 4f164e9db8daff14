import { registerHooks } from 'node:module';
import { fileURLToPath } from 'node:url';

/**
 * A change to the code under test: replaces a text that occurs exactly once in a repository file.
 */
export type Edit = { readonly file: string; readonly from: string; readonly to: string };

const ROOT = new URL('../../', import.meta.url);

/**
 * Breaks sources as this thread loads them; modules already loaded stay as they are. Writes nothing
 * to disk. Throws if a text does not occur exactly once: then the edit is out of date.
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

/** Returns the source with the edit made. */
export function applyEdit(source: string, { file, from, to }: Edit): string {
  const parts = source.split(from);
  if (parts.length !== 2) {
    throw new Error(`${file}: a text to be broken stands there ${parts.length - 1} times: ${from}`);
  }
  return parts.join(to);
}

/** Returns the absolute path of the file that an edit changes. */
export function pathOf({ file }: Edit): string {
  return fileURLToPath(new URL(file, ROOT));
}
