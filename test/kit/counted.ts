/** A list that counts its reads: each read of an element, and of a field of an element. */
export type Counted<T> = { readonly list: readonly T[]; reads(): number };

export function counted<T extends object>(items: readonly T[]): Counted<T> {
  let reads = 0;
  const onRead = <O extends object>(target: O): O =>
    new Proxy(target, {
      get(from, name, receiver) {
        reads += 1;
        return Reflect.get(from, name, receiver);
      },
    });
  return { list: onRead(items.map(onRead)), reads: () => reads };
}
