/** A changed field: its path, such as `amounts.shipping`, and both values. */
export type FieldDifference = {
  readonly field: string;
  readonly before: PlainValue;
  readonly after: PlainValue;
};

type PlainValue = string | number | boolean | null;

/** Counters of versions are no content. */
const COUNTS = ['version', 'changedIn'];

/** Returns the changed fields between two states of an object, without its version. */
export function differencesOf(before: object, after: object): FieldDifference[] {
  const was = new Map(flatten('', before));
  const is = new Map(flatten('', after));
  const fields = [...new Set([...was.keys(), ...is.keys()])].filter(
    (field) => !COUNTS.includes(field),
  );
  return fields.flatMap((field) => {
    const difference = { field, before: was.get(field) ?? null, after: is.get(field) ?? null };
    return difference.before === difference.after ? [] : [difference];
  });
}

function flatten(path: string, value: unknown): [string, PlainValue][] {
  if (typeof value === 'object' && value !== null) {
    return Object.entries(value).flatMap(([name, inner]) =>
      flatten(path === '' ? name : `${path}.${name}`, inner),
    );
  }
  const plain =
    typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
  return [[path, plain ? value : null]];
}
