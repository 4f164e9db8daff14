import { execFileSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, statfsSync, writeSync } from 'node:fs';
import { join } from 'node:path';

/** The test needs a disk that only root can make here. */
export class NeedsRoot extends Error {
  constructor(cause: unknown) {
    super('a small disk is wanted, a tmpfs: run this as root, where one may be mounted', { cause });
    this.name = 'NeedsRoot';
  }
}

/** A disk of its own, small enough to fill to the last byte, and to free again. */
export class SmallDisk {
  readonly directory: string;

  private constructor(directory: string) {
    this.directory = directory;
  }

  /** Throws {@link NeedsRoot} if this process may not mount. */
  static mount(directory: string, mib: number): SmallDisk {
    mkdirSync(directory, { recursive: true });
    try {
      const options = `size=${mib}m,mode=700`;
      execFileSync('mount', ['-t', 'tmpfs', '-o', options, 'renkei-crash', directory], {
        stdio: ['ignore', 'ignore', 'pipe'],
      });
    } catch (error) {
      throw new NeedsRoot(error);
    }
    return new SmallDisk(directory);
  }

  /** Writes until no room is left for a single block. */
  fill(): void {
    const file = openSync(this.#filling, 'a');
    try {
      for (const block of [1024 * 1024, 4096]) writeUntilFull(file, Buffer.alloc(block));
    } finally {
      closeSync(file);
    }
  }

  /** Gives the room back. */
  free(): void {
    rmSync(this.#filling, { force: true });
  }

  get freeBytes(): number {
    const { bavail, bsize } = statfsSync(this.directory);
    return bavail * bsize;
  }

  unmount(): void {
    execFileSync('umount', ['--lazy', this.directory]);
    rmSync(this.directory, { recursive: true });
  }

  get #filling(): string {
    return join(this.directory, 'filling');
  }
}

function writeUntilFull(file: number, block: Buffer): void {
  try {
    while (writeSync(file, block) === block.length);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  }
}
