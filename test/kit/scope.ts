/**
 * Whatever the kit opens belongs to the test that opened it, or to the file where a `beforeAll` did,
 * and is closed with it: the newest first, also when the test has failed. `setup.ts` sees to that.
 * A program that is no test (`npm run crash`) closes what it opens.
 */
type Close = () => Promise<void>;

const ofFile: Close[] = [];
const ofTest: Close[] = [];
let inTest = false;

/**
 * Gives what is open now to the test or the file. Resolves to nothing twice: the close that comes
 * back, for a test that wants it earlier, does its work once.
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

/** One that cannot be closed keeps no other open; what went wrong is thrown once all have closed. */
async function closeAll(open: Close[]): Promise<void> {
  const errors: unknown[] = [];
  for (const close of open.splice(0).reverse()) {
    await close().catch((error: unknown) => void errors.push(error));
  }
  if (errors.length === 1) throw errors[0];
  if (errors.length > 1) throw new AggregateError(errors, errors.map(String).join('\n'));
}
