/** Thrown for a cursor that Renkei did not make; the edge answers it with `bad_cursor`. */
export class BadCursor extends Error {}
