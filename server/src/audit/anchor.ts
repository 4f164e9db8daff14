import {
  closeSync,
  fdatasync,
  fstatSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Asked, AskMark, Mark, Marks } from '@renkei/core/ports/marks.ts';
import type { Seal } from './chain.ts';
import { type MarkLine, readMarks } from './marks.ts';

const LONG_BYTES = 8 * 1024 * 1024;
const syncData = promisify(fdatasync);

/**
 * The high-water mark: a file outside of the database with one JSON line for every seal and, before
 * it leaves, for every ask. A database that lacks a line is older than it was. Only the last seal
 * of each shop counts; an ask counts until a later seal vouches for it. One process writes the
 * file, and shortens it when it has grown long.
 */
export class Anchor implements Marks {
  readonly file: string;
  readonly #seals: Map<string, Mark>;
  readonly #asked: AskMark[];
  #open: number | null = null;
  #unsynced = false;

  private constructor(file: string, seals: readonly Mark[], asked: readonly AskMark[]) {
    this.file = file;
    this.#seals = new Map(seals.map((mark) => [mark.shopId, mark]));
    this.#asked = [...asked];
  }

  /** Reads the file; a missing file is empty. Throws AnchorError if the file is not ours. */
  static async open(file: string): Promise<Anchor> {
    const { seals, asked, isCutOff, bytes } = await readMarks(file);
    const anchor = new Anchor(file, seals, asked);
    if (isCutOff || bytes > LONG_BYTES) anchor.#rewrite();
    return anchor;
  }

  /** The last seal of each shop. */
  get seals(): readonly Mark[] {
    return [...this.#seals.values()];
  }

  /** The asks that no later seal vouches for, in sequence. */
  get asked(): readonly AskMark[] {
    return [...this.#asked];
  }

  /**
   * Appends an ask before it returns, so that the ask outlives this process; the next `append`
   * makes it outlive the machine. It does not sync, because a capture would wait for that.
   */
  note(asked: Asked): void {
    const mark = { ...asked, at: Date.now() };
    this.#write([mark]);
    this.#asked.push(mark);
    this.#unsynced = true;
  }

  /** Appends seals durably before it resolves, and drops the first `settled` asks. */
  async append(seals: readonly (Mark | Seal)[], settled = 0): Promise<void> {
    if (seals.length === 0 && settled === 0 && !this.#unsynced) return;
    const marks = seals.map(markOf);
    this.#write([...marks, ...(settled === 0 ? [] : [{ settled }])]);
    // They are in the file from here on, whether or not they outlive the machine.
    for (const mark of marks) this.#seals.set(mark.shopId, mark);
    this.#asked.splice(0, settled);
    const open = this.#openFile();
    this.#unsynced = false;
    await syncData(open).catch((error: unknown) => {
      this.#unsynced = true;
      throw error;
    });
    if (fstatSync(open).size > LONG_BYTES || this.#wasMoved(open)) this.#rewrite();
  }

  close(): void {
    if (this.#open !== null) closeSync(this.#open);
    this.#open = null;
  }

  /** Writes all lines or none: a full disk takes half a line, and the next one would follow it. */
  #write(lines: readonly MarkLine[]): void {
    const open = this.#openFile();
    const bytes = Buffer.from(textOf(lines));
    const { size } = fstatSync(open);
    try {
      for (let written = 0; written < bytes.length; ) {
        written += writeSync(open, bytes, written);
      }
    } catch (error) {
      ftruncateSync(open, size);
      throw error;
    }
  }

  #openFile(): number {
    if (this.#open !== null) return this.#open;
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    this.#open = openSync(this.file, 'a', 0o600);
    return this.#open;
  }

  /** True if somebody has moved our file away, or put another in its place. */
  #wasMoved(open: number): boolean {
    return statSync(this.file, { throwIfNoEntry: false })?.ino !== fstatSync(open).ino;
  }

  /** Synchronous, so that nobody can note an ask meanwhile. */
  #rewrite(): void {
    const next = `${this.file}.next`;
    mkdirSync(dirname(this.file), { recursive: true, mode: 0o700 });
    try {
      writeFileSync(next, textOf([...this.seals, ...this.#asked]), { mode: 0o600, flush: true });
      renameSync(next, this.file);
    } catch (error) {
      rmSync(next, { force: true }); // on a full disk it would keep the file itself from growing
      throw error;
    }
    this.close();
  }
}

function markOf({ shopId, n, hash, at, ...more }: Mark | Seal): Mark {
  const restored = 'restored' in more && more.restored === true;
  return { shopId, n, hash, at, ...(restored ? { restored } : {}) };
}

function textOf(lines: readonly MarkLine[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join('');
}
