import type { Gateway } from '@renkei/core/ports/gateway.ts';
import type { Actor } from '@renkei/core/turns/operation.ts';
import { readClock, recordSighting } from '../store/attention/observations.ts';
import type { Db } from '../store/db/db.ts';

/** The actor of looks that no person asks for. */
const LOOKOUT: Actor = { kind: 'system', id: 'lookout', name: 'Renkei' };

/**
 * Wraps a gateway: records every inquiry with its result and its time, whoever asked: a screen, a
 * sweep, an operation in doubt. The answer stays true even if it could not be recorded.
 */
export function observing(gateway: Gateway, db: Db, onError: (error: unknown) => void): Gateway {
  return {
    ...gateway,
    async inquire(inquiry) {
      const { shopId, slipId } = inquiry;
      const seenAt = await readClock(db).catch(() => null);
      const sighting = await gateway.inquire(inquiry);
      if (sighting.kind !== 'seen' || seenAt === null) return sighting;
      const observed = sighting.transactions.map((seen) => ({
        ...seen,
        slipId,
        authorizedAt: null,
        capturedAt: null,
        cancelledAt: null,
      }));
      const { complete } = sighting;
      const of = { source: 'inquiry', slipId, complete } as const;
      await recordSighting(db, { shopId, seenAt, actor: LOOKOUT, of, observed }).catch(onError);
      return sighting;
    },
  };
}
