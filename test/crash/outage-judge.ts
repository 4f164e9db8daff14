import { judge } from './judge.ts';
import { isCaptured, readLedger, readWire } from './ledger.ts';
import type { Staff } from './outage-work.ts';
import { sleep } from './processes.ts';
import type { Town } from './town.ts';

/** The open operations at a moment: those for which certainly nothing was asked, and the rest. */
export type Stock = {
  /** Seconds since 1970 UTC, on the database's clock. */
  readonly at: number;
  readonly waiting: readonly string[];
  readonly doubts: readonly string[];
};

export async function takeStock(town: Town): Promise<Stock> {
  const { rows } = await town.db.query<{ at: number; id: string | null; asked: boolean }>(
    `select extract(epoch from now())::float8 as at, o.id, exists (
         select from steps s where s.shop_id = o.shop_id and s.operation_id = o.id
          and s.state <> 'unsent') as asked
       from (select) as once
       left join operations o on o.ended_at is null`,
  );
  const idsOf = (asked: boolean) =>
    rows.flatMap((row) => (row.id !== null && row.asked === asked ? [row.id] : []));
  return { at: rows[0]?.at ?? 0, waiting: idsOf(false), doubts: idsOf(true) };
}

/**
 * Waits until operations have ended. Resolves to the number of good ends, and the seconds from
 * `since` to the last end.
 */
export async function untilEnded(
  town: Town,
  ids: readonly string[],
  since: number,
  withinMs: number,
): Promise<{ readonly well: number; readonly seconds: number }> {
  const deadline = performance.now() + withinMs;
  for (;;) {
    const { rows } = await town.db.query<{ open: number; well: number; seconds: number }>(
      `select count(*) filter (where ended_at is null) as open,
          count(*) filter (where state = 'succeeded' or reason = 'withdrawn') as well,
          coalesce(extract(epoch from max(ended_at))::float8 - $2, 0) as seconds
         from operations where id = any($1::uuid[])`,
      [ids, since],
    );
    const { open = 0, well = 0, seconds = 0 } = rows[0] ?? {};
    if (open === 0) return { well, seconds };
    if (performance.now() > deadline) return { well, seconds: Number.POSITIVE_INFINITY };
    await sleep(200);
  }
}

/**
 * Returns one sentence for each violation: in both ledgers, in what people were told, and on the
 * line itself.
 */
export async function judgeOutage(town: Town, all: readonly Staff[]): Promise<string[]> {
  const { violations } = await judge(
    town,
    all.flatMap(({ presses }) => presses),
  );
  const captured = new Set(
    (await readLedger(town.sandbox.url)).filter(isCaptured).map(({ id }) => id),
  );
  const carriedOut = all
    .flatMap(({ withdrawn }) => withdrawn)
    .filter((orderNumber) => captured.has(orderNumber));
  return [
    ...all.flatMap(({ wrong }) => wrong),
    ...violations,
    ...carriedOut.map((orderNumber) => `${orderNumber} was withdrawn, and is captured`),
    ...(await unwrittenCalls(town)),
  ];
}

/**
 * Every request that could move money, whether it arrived or a dead line swallowed it, must be a
 * step written before; so no knock can move money.
 */
async function unwrittenCalls(town: Town): Promise<string[]> {
  const swallowed = [...town.cables.values()].flatMap((cable) => cable.swallowed);
  const posted = swallowed.filter((sent) => sent.startsWith('POST'));
  const odd = swallowed.filter((sent) => sent !== '' && !/^(POST|GET|HEAD \/ )/.test(sent));
  const came = (await readWire(town.sandbox.url)).map(({ request }) => request);
  const calls = Map.groupBy([...posted, ...came], (sent) => /SEQNO=(\d+)/.exec(sent)?.[1] ?? '');
  const { rows } = await town.db.query<{ seqno: string; count: number }>(
    `select seqno, count(*) from steps where state <> 'unsent' group by seqno`,
  );
  const written = new Map(rows.map(({ seqno, count }) => [seqno, count]));
  return [
    ...odd.map((sent) => `into the dead line went ${sent.slice(0, 80)}`),
    ...[...calls].flatMap(([seqno, made]) => {
      const steps = written.get(seqno) ?? 0;
      return made.length <= steps ? [] : [`${seqno}: ${made.length} calls of ${steps} steps`];
    }),
  ];
}
