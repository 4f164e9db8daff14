import { statfs } from 'node:fs/promises';

/** The directories on this machine that must not run out of room, by what they hold. */
export type Disks = Readonly<Record<string, string>>;

/** How much room there is on the disk of one of them. */
export type Room = {
  readonly disk: string;
  readonly freeBytes: number;
  readonly sizeBytes: number;
};

const GIB = 1024 ** 3;

/** Measures each; of a directory that is not there yet nothing is told. */
export async function measureRoom(disks: Disks): Promise<Room[]> {
  const measured = Object.entries(disks).map(async ([disk, directory]): Promise<Room[]> => {
    const found = await statfs(directory).catch(() => null);
    if (found === null) return [];
    const { bavail, blocks, bsize } = found;
    return [{ disk, freeBytes: bavail * bsize, sizeBytes: blocks * bsize }];
  });
  return (await Promise.all(measured)).flat();
}

/** F35: there is less than 1 GiB left, and less than a tenth. */
export function isLow({ freeBytes, sizeBytes }: Omit<Room, 'disk'>): boolean {
  return freeBytes < GIB && freeBytes < sizeBytes / 10;
}
