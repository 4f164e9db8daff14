import type { Run, RunPreview } from '@renkei/contract';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { readAnew } from '../../api/cache.ts';
import { ask } from '../../api/client.ts';
import { useCommand } from '../../api/command.ts';
import { runsQuery } from '../../api/queries.ts';
import { useSession } from '../../app/session.tsx';
import type { Terms } from './terms.ts';
import type { Tracking } from './use-tracking.ts';

/** Starts a run of exactly the previewed orders; the server refuses an order changed since then. */
export function useStart(preview: RunPreview | undefined, terms: Terms, tracking: Tracking | null) {
  const { shop } = useSession();
  const navigate = useNavigate();
  const queries = useQueryClient();
  return useCommand<Run>({
    send(key, typed) {
      const all = preview?.rows ?? [];
      const shown = all.filter(({ group }) => group !== 'excluded');
      const out = all.filter(({ group }) => group === 'excluded');
      const rows = shown.map(({ orderNumber, version }) => ({ orderNumber, version }));
      const shipments = tracking?.shipmentsOf(shown) ?? [];
      const excluded = out.map(({ orderNumber }) => orderNumber);
      const body = { ...terms, rows, excluded, shipments };
      return ask('POST', '/v1/runs', { shop: shop.id, key, typed, body });
    },
    onDone: (run) => void navigate({ to: '/runs/$id', params: { id: run.id } }),
    reread: () => readAnew(queries, runsQuery(shop.id)),
  });
}
