const True = globalThis.Date;

/**
 * Sets this process's wall clock wrong by `byMs()` milliseconds, which may change. Date.now(), new
 * Date() and Date() tell another time; performance.now() and timers go on unchanged, as on a
 * machine whose clock was set. Returns the function that sets the clock right again.
 */
export function setClockWrong(byMs: () => number): () => void {
  const now = () => True.now() + Math.round(byMs());
  const Wrong = new Proxy(True, {
    construct: (target, given, made) =>
      Reflect.construct(target, given.length === 0 ? [now()] : given, made),
    apply: () => new True(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  globalThis.Date = Wrong;
  True.prototype.constructor = Wrong;
  return () => {
    globalThis.Date = True;
    True.prototype.constructor = True;
  };
}
