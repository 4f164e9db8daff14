/**
 * Returns the records of customers that an answer shows: the numbers of orders and the codes of
 * applications that stand beside a person's name or address, wherever they stand. So a new route
 * is logged without a word of its own.
 */
export function seenRecords(body: unknown, found = new Set<string>()): Set<string> {
  if (Array.isArray(body)) {
    for (const one of body) seenRecords(one, found);
  } else if (typeof body === 'object' && body !== null && isPlain(body)) {
    const { orderNumber, code } = body as Readonly<Record<string, unknown>>;
    const record = orderNumber ?? code;
    if (typeof record === 'string' && PERSONAL.some((name) => isThere(body, name))) {
      found.add(record);
    }
    for (const part of Object.values(body)) {
      if (typeof part === 'object' && part !== null) seenRecords(part, found);
    }
  }
  return found;
}

/** The fields that hold a customer's name, address or mail. */
const PERSONAL = ['customerName', 'customer', 'details', 'destinations', 'recipient'] as const;

function isThere(body: object, name: string): boolean {
  const value = (body as Readonly<Record<string, unknown>>)[name];
  return value !== undefined && value !== null && value !== '';
}

/** False for files and streams, which are logged where they are made. */
function isPlain(body: object): boolean {
  const prototype = Object.getPrototypeOf(body);
  return prototype === Object.prototype || prototype === null;
}
