import type { Run, RunDetail, RunRow } from '@renkei/contract';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import type { EventSourceMessage } from 'eventsource-parser/stream';
import { useEffect, useState } from 'react';
import { keepAnswer } from '../../api/cache.ts';
import { isGoingOn, runQuery } from '../../api/queries.ts';
import { listen } from '../../api/sse.ts';

/** Rows that arrive within this time appear together: a thousand rows stay smooth. */
const GATHER_MS = 120;

/** A run and its changes: reads it once, then listens until nothing changes any more. */
export function useRun(shop: string, id: string) {
  const queries = useQueryClient();
  const query = useQuery(runQuery(shop, id));
  const [connected, setConnected] = useState(true);
  const isRead = query.data !== undefined;
  const isOpen = query.data !== undefined && isGoingOn(query.data);

  useEffect(() => {
    if (!isRead || !isOpen) return;
    const { queryKey } = runQuery(shop, id);
    const stop = new AbortController();
    let waiting: EventSourceMessage[] = [];
    function show(): void {
      const events = waiting;
      waiting = [];
      if (events.length === 0) return;
      keepAnswer(queries, queryKey, (run) => run && applyEvents(run, events));
    }
    const timer = setInterval(show, GATHER_MS);
    void listen(
      `/v1/runs/${id}/events`,
      { shop, signal: stop.signal },
      {
        onEvent: (event) => void waiting.push(event),
        onConnected: setConnected,
        isDone() {
          show();
          const run = queries.getQueryData(queryKey);
          return run !== undefined && !isGoingOn(run);
        },
      },
    );
    return () => {
      stop.abort();
      clearInterval(timer);
      show();
    };
  }, [queries, shop, id, isRead, isOpen]);

  return { ...query, connected };
}

/** Applies events to the run. Each carries a whole row, or the run without its rows. */
function applyEvents(run: RunDetail, events: readonly EventSourceMessage[]): RunDetail {
  const changed = new Map<string, RunRow>();
  let head: Partial<Run> = {};
  for (const { event, data } of events) {
    const parsed: { row?: RunRow; run?: Run } = JSON.parse(data);
    if (event === 'row' && parsed.row) changed.set(parsed.row.orderNumber, parsed.row);
    if (event === 'run' && parsed.run) head = parsed.run;
  }
  const rows = run.rows.map((row) => changed.get(row.orderNumber) ?? row);
  return { ...run, ...head, rows };
}
