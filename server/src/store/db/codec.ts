import { type Yen, yen as yenOf } from '@renkei/core/domain/values/yen.ts';
import { timestamp } from './db.ts';

/**
 * One table of columns for each row (decision 18): a codec states for each property the column that
 * holds it, and how to read and write it. Select lists, insert lists, updates, JSON and mappers
 * derive from it. A missing or misspelt property does not compile; a test compares the columns with
 * the migrated database.
 */

declare const codec: unique symbol;

/** A row as a statement returns it: with the columns that the codec of a `T` selects. */
export type RowOf<T> = { readonly [codec]: T };

/** A row by column names: it goes to PostgreSQL as JSON and becomes a record there. */
export type Row = Readonly<Record<string, unknown>>;

type SqlType = 'text' | 'uuid' | 'integer' | 'boolean' | 'date' | 'timestamptz' | 'jsonb';

/** A column, and its value for a `T`. */
export type Column<T> = {
  readonly name: string;
  readonly type: SqlType;
  readonly isNullable: boolean;
  /** True if the column never changes after the insert. */
  readonly isFixed: boolean;
  /** False if a select list computes it. */
  readonly isStored: boolean;
  /** The expression that a select list reads instead; null: the column itself. */
  readonly expression: string | null;
  readonly of: (value: T) => unknown;
};

/** A property of a row: its columns, and how to read it from them. */
export type Field<V> = {
  readonly columns: readonly Column<V>[];
  readonly read: (row: Row) => V;
};

/** All properties of a `T`, each with its columns. */
export type Fields<T> = { readonly [K in keyof T]-?: Field<T[K]> };

/** The codec of a table whose rows hold a `T`. */
export class RowCodec<T> {
  /** The stored columns, in the sequence of the insert list. */
  readonly columns: readonly Column<T>[];
  /** The columns that the codec reads, for a select list. */
  readonly select: string;
  readonly #part: Field<T>;
  readonly #changing: readonly Column<T>[];

  /** `computed`: columns that follow from the whole value and are never read. */
  constructor(fields: Fields<T>, computed: readonly Column<T>[] = []) {
    this.#part = group(fields);
    this.select = this.#part.columns
      .map(({ name, expression }) => (expression === null ? name : `${expression} as ${name}`))
      .join(', ');
    const stored = [...this.#part.columns, ...computed];
    this.columns = stored.filter(({ isStored }) => isStored);
    this.#changing = this.columns.filter(({ isFixed }) => !isFixed);
  }

  /** Reads a row's value. Throws a RangeError if an amount is not in whole yen. */
  read(row: RowOf<T>): T {
    return this.#part.read(row as unknown as Row);
  }

  /** Returns the whole row, for an insert. */
  row(value: T): Row {
    return rowFrom(this.columns, value);
  }

  /** Returns the columns that may change after the insert, for an update. */
  changes(value: T): Row {
    return rowFrom(this.#changing, value);
  }

  /** Returns assignments of all columns that may change, from the row `from`. */
  assignments(from: string): string {
    return this.#changing.map(({ name }) => `${name} = ${from}.${name}`).join(', ');
  }

  /** Returns the row `row` as JSON: a {@link RowOf} the same type. */
  json(row: string): string {
    const instants = this.#part.columns.filter(({ type }) => type === 'timestamptz');
    return jsonOf(row, ...instants.map(({ name }) => name));
  }

  /** Returns an insert of one row into the table: {@link row} as JSON, the first parameter. */
  insertInto(table: string): string {
    const names = namesOf(this.columns);
    return `insert into ${table} (${names})
      select ${names} from jsonb_populate_record(null::${table}, $1::jsonb)`;
  }

  /** The columns with their types, for `jsonb_to_recordset`. */
  get definitions(): string {
    return definitionsOf(this.columns);
  }

  /** The same of the columns that {@link changes} returns. */
  get changingDefinitions(): string {
    return definitionsOf(this.#changing);
  }
}

function definitionsOf(columns: readonly Pick<Column<never>, 'name' | 'type'>[]): string {
  return columns.map(({ name, type }) => `${name} ${type}`).join(', ');
}

/** Returns column names for an insert list. */
export function namesOf(columns: readonly Pick<Column<never>, 'name'>[]): string {
  return columns.map(({ name }) => name).join(', ');
}

/** Returns the columns of a row for a value. */
export function rowFrom<T>(columns: readonly Column<T>[], value: T): Row {
  const row: Record<string, unknown> = {};
  for (const { name, of } of columns) row[name] = of(value);
  return row;
}

/**
 * Returns a row as JSON, as a part of another row; instants become milliseconds, as in the domain.
 */
export function jsonOf(row: string, ...instants: readonly string[]): string {
  const milliseconds = instants.map(
    (column) => `'${column}', floor(extract(epoch from ${row}."${column}") * 1000)`,
  );
  return `(to_jsonb(${row}) || jsonb_build_object(${milliseconds.join(', ')}))`;
}

/** A string, or one of some strings. */
export function text<V extends string>(name: string): Field<V> {
  return fieldOf(columnOf(name, 'text'));
}

export function uuid(name: string): Field<string> {
  return fieldOf(columnOf(name, 'uuid'));
}

/** A whole number that is no amount of money. */
export function int(name: string): Field<number> {
  return fieldOf(columnOf(name, 'integer'));
}

export function flag(name: string): Field<boolean> {
  return fieldOf(columnOf(name, 'boolean'));
}

/** A business date in Japan (JST), as YYYY-MM-DD. */
export function day(name: string): Field<string> {
  return fieldOf(columnOf(name, 'date'));
}

/** A value stored as JSON, and read as written. */
export function json<V>(name: string): Field<V> {
  return fieldOf(columnOf(name, 'jsonb'));
}

/** A value stored as JSON, and parsed when read. */
export function parsed<V, S>(name: string, parse: (stored: S) => V): Field<V> {
  return fieldOf(columnOf(name, 'jsonb'), (stored) => parse(stored as S));
}

/** An amount in yen, checked when read. */
export function yen(name: string): Field<Yen> {
  return fieldOf(columnOf(name, 'integer'), (stored) => yenOf(stored as number));
}

/** An instant; in the domain UTC milliseconds since 1970. */
export function instant(name: string): Field<number> {
  return fieldOf(computed(name, 'timestamptz', (at: number) => timestamp(at)));
}

/** A value that a select list computes and no column stores. */
export function selected<V>(name: string, expression: string): Field<V> {
  return fieldOf({ ...columnOf<V>(name, 'jsonb'), isStored: false, expression });
}

/** The same property, with an expression in the select list in place of its column. */
export function selectedAs<V>(expression: string, field: Field<V>): Field<V> {
  return { ...field, columns: field.columns.map((column) => ({ ...column, expression })) };
}

/** A property that never changes after the insert. */
export function fixed<V>(field: Field<V>): Field<V> {
  return { ...field, columns: field.columns.map((column) => ({ ...column, isFixed: true })) };
}

/** A property that may be null; its first column tells. */
export function nullable<V>({ columns, read }: Field<V>): Field<V | null> {
  const [first] = columns;
  if (first === undefined) throw new Error('a property without columns');
  return {
    columns: columns.map((column) => ({
      ...column,
      isNullable: true,
      of: (value) => (value === null ? null : column.of(value)),
    })),
    read: (row) => (row[first.name] === null ? null : read(row)),
  };
}

/** A property whose column may be null, with the value for null. */
export function orElse<V>(field: Field<V>, whenNull: V): Field<V> {
  const { columns, read } = nullable(field);
  return { columns, read: (row) => read(row) ?? whenNull };
}

/** A property made of several others, in columns of the same row. */
export function group<T>(fields: Fields<T>): Field<T> {
  const parts = Object.entries(fields) as unknown as [keyof T, Field<T[keyof T]>][];
  return {
    columns: parts.flatMap(([key, { columns }]) =>
      columns.map((column) => ({ ...column, of: (whole: T) => column.of(whole[key]) })),
    ),
    read(row) {
      const whole: Partial<T> = {};
      for (const [key, { read }] of parts) whole[key] = read(row);
      return whole as T; // Fields<T> has all properties of a T
    },
  };
}

/** A column that follows from the whole value and is never read. */
export function computed<T>(name: string, type: SqlType, of: (value: T) => unknown): Column<T> {
  const [isNullable, isFixed, isStored] = [false, false, true];
  return { name, type, isNullable, isFixed, isStored, expression: null, of };
}

function columnOf<V>(name: string, type: SqlType): Column<V> {
  return computed(name, type, (value) => value);
}

function fieldOf<V>(column: Column<V>, read = (stored: unknown) => stored as V): Field<V> {
  const { name } = column;
  return { columns: [column], read: (row) => read(row[name]) };
}
