/**
 * Whatever the kit opens belongs to the test that opened it, or to the file if a `beforeAll` did.
 * It closes with its owner, the newest first, also after a failed test; `setup.ts` calls this. A
 * program that is no test (`npm run crash`) closes what it opens.
 */
type Close = () => Promise<void>;

const ofFile: Close[] = [];
const ofTest: Close[] = [];
let inTest = false;

/**
 * Registers a close function with the running test or file. Returns a function that closes earlier;
 * the work is done once, and a second call resolves at once.
 */
export function owned(close: () => Promise<unknown>): Close {
  let closed: Promise<void> | undefined;
  const once = () => {
    closed ??= close().then(() => {});
    return closed;
  };
  (inTest ? ofTest : ofFile).push(once);
  return once;
}

type Tell = () => Promise<string>;

const tells = new Set<Tell>();

/** Registers what a failed test says of something open, until the returned function is called. */
export function tellOnFailure(tell: Tell): () => void {
  tells.add(tell);
  return () => void tells.delete(tell);
}

/** Returns all that the open things say, for the report of a failed test. */
export async function toldOnFailure(): Promise<string> {
  const told = [...tells].map((tell) => tell().catch((error: unknown) => String(error)));
  return (await Promise.all(told)).join('\n');
}

export function beginTest(): void {
  inTest = true;
}

export async function endTest(): Promise<void> {
  inTest = false;
  await closeAll(ofTest);
}

export function endFile(): Promise<void> {
  return closeAll(ofFile);
}

/** Closes all, even if some fail; throws their errors once all have been tried. */
async function closeAll(open: Close[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of open.splice(0).reverse()) {
    await close().catch((error: unknown) => void errors.push(error));
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join('\n'));
}
