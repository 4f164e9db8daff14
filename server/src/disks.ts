import { statfs } from 'node:fs/promises';

/** The directories on this machine that must not run out of room, by their contents. */
export type Disks = Readonly<Record<string, string>>;

/** The room on the disk of one directory, in bytes. */
export type Room = {
  readonly disk: string;
  readonly freeBytes: number;
  readonly sizeBytes: number;
};

const GIB = 1024 ** 3;

/** Measures each directory; leaves out one that does not exist yet. */
export async function measureRoom(disks: Disks): Promise<Room[]> {
  const measured = Object.entries(disks).map(async ([disk, directory]): Promise<Room[]> => {
    const found = await statfs(directory).catch(() => null);
    if (found === null) return [];
    const { bavail, blocks, bsize } = found;
    return [{ disk, freeBytes: bavail * bsize, sizeBytes: blocks * bsize }];
  });
  return (await Promise.all(measured)).flat();
}

/** F35: true if less than 1 GiB and less than a tenth of the disk is left. */
export function isLow({ freeBytes, sizeBytes }: Omit<Room, 'disk'>): boolean {
  return freeBytes < GIB && freeBytes < sizeBytes / 10;
}
