import type { Instant } from '../../domain/order.ts';

export function instant(at: Instant): string {
  return new Date(at).toISOString();
}
export function instantOrNull(at: Instant | null): string | null {
  return at === null ? null : instant(at);
}
