/**
 * SQL: what a person has drawn (F59) in the shop of a row of `orders`: the last number, and the yen
 * of the last day on which they drew. `actorId` is the parameter with the person's id.
 */
export function drawnJson(actorId: string): string {
  const theirs = (o: string) => `${o}.shop_id = orders.shop_id and ${o}.draw is not null
    and ${o}.actor ->> 'id' = ${actorId}`;
  const last = (what: string) => `(select max(${what}) from operations l where ${theirs('l')})`;
  return `(
    select jsonb_build_object(
      'last', coalesce(${last("(l.draw ->> 'n')::int")}, 0),
      'on', max(draw ->> 'on'),
      'refund', coalesce(sum(yen) filter (where draw ->> 'kind' = 'refund'), 0),
      'raise', coalesce(sum(yen) filter (where draw ->> 'kind' = 'raise'), 0))
      from (
        select draw, case when state in ('declined', 'not_sent') then 0
            else (draw ->> 'amount')::int end as yen
          from operations o
         where ${theirs('o')} and o.draw ->> 'on' = ${last("l.draw ->> 'on'")}) as drawn)`;
}
