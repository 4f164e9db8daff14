/**
 * SQL: the keys of the operations of a run's row, as in `rowKey`. `row` is the alias of the table
 * `run_rows`. The first of two commands has its own key; the last has the row's.
 */
export const lastKeyOf = (row: string) => `'run:' || ${row}.run_id || ':' || ${row}.position`;
export const firstKeyOf = (row: string) => `${lastKeyOf(row)} || ':0'`;
