import type { Page, Turn } from '../operation.ts';
import { type GatewayWords, rest, said } from '../page.ts';
import { take } from '../protocol.ts';
import { LIMITS, type Timing } from '../timing.ts';

/**
 * The cardholder's browser comes back from F-REGI. It passes through the hands of whoever pays, so
 * its words prove nothing, neither that F-REGI has authorized nor that it has not: they are kept for
 * people to read, and F-REGI is looked at now (Y2). Without an inquiry the operation waits on.
 */
export function hearReturn(
  page: Page,
  { operationId, words }: { readonly operationId: string; readonly words: GatewayWords },
  timing: Timing,
): Turn {
  const { operation, step, now } = page;
  if (operation?.id !== operationId || operation.state !== 'confirming' || step === null) {
    return rest(page, null);
  }
  if (operation.looks >= LIMITS.returns) return rest(page, operation.dueAt);
  const returned: Page = {
    ...page,
    operation: { ...operation, dueAt: now },
    step: { ...step, ...said(page, words) },
  };
  return take(returned, timing);
}
