import { DateRangeError, type Instant } from '@renkei/core/domain/values/jst.ts';

/**
 * Returns an instant as ISO 8601. Throws a {@link DateRangeError} if its year does not have four
 * digits.
 */
export function instant(at: Instant): string {
  const moment = new Date(at);
  const text = Number.isNaN(moment.getTime()) ? '' : moment.toISOString();
  if (!/^\d{4}-/.test(text)) throw new DateRangeError(`the instant ${at}`);
  return text;
}

export function instantOrNull(at: Instant | null): string | null {
  return at === null ? null : instant(at);
}
