/** The outcome of a call, before anybody hears it: a function that returns its value or throws. */
export type Outcome<T> = () => T;

export type Tell<T> = (outcome: Outcome<T>) => void;

export function attempt<T>(effect: () => T): Outcome<T> {
  try {
    const value = effect();
    return () => value;
  } catch (error) {
    return throwing(error);
  }
}

export function throwing(error: unknown): Outcome<never> {
  return () => {
    throw error;
  };
}

/** The database connection is cut. Always the same error: its stack would cost more than the call. */
export const cutOff = throwing(new Error('connection terminated'));

/** Hears an outcome: passes the value or the error on. */
export function settle<T>(
  outcome: Outcome<T>,
  resolve: (value: T) => void,
  reject: (error: unknown) => void,
): void {
  try {
    resolve(outcome());
  } catch (error) {
    reject(error);
  }
}

/** Nobody hears a dead process: its work never resolves. */
export function whileAlive<T>(isAlive: () => boolean, work: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    work.then(
      (value) => isAlive() && resolve(value),
      (error: unknown) => isAlive() && reject(error),
    );
  });
}
