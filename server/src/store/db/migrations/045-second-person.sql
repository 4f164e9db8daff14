-- F59: what one person may not do alone with the shop's money waits for a second person.

-- The command that waits, as the order's journal tells it; null if none does.
alter table orders add column proposal jsonb;
create index orders_with_proposal on orders (shop_id, order_number) where proposal is not null;
create trigger touch_proposed_order after update on orders
  for each row when (old.proposal is distinct from new.proposal) execute function touch_order();

-- What an operation counts towards its person's day. Numbered for each person, so that of two at
-- once the second is decided anew.
alter table operations add column draw jsonb;
create unique index one_draw_per_number on operations
  (shop_id, (actor ->> 'id'), ((draw ->> 'n')::int)) where draw is not null;
create index draws_by_day on operations (shop_id, (actor ->> 'id'), (draw ->> 'on'))
  where draw is not null;

-- The most yen of one person alone, and who may be the second; an absent part: no limit.
alter table shops add column limits jsonb not null default '{}';

-- Since when somebody works in the shop; null: since before this was recorded.
alter table members add column since timestamptz;
alter table members alter column since set default clock_timestamp();

-- A mail to those who may be the second person.
alter table mails
  drop constraint mails_kind_check,
  drop constraint mails_without_order_check,
  add constraint mails_kind_check check (kind in ('order_confirmation', 'preorder_confirmation',
    'thanks', 'payment_confirmation', 'shipping_notice', 'cancellation', 'status_change',
    'order_notice_1', 'order_notice_2', 'attention_digest', 'template_test', 'invitation',
    'second_person')) not valid,
  add constraint mails_without_order_check check ((order_number is null) = (kind in
    ('attention_digest', 'template_test', 'invitation', 'second_person'))) not valid;

-- S6: a second person who imported the same file of F-REGI's console.
create table file_agreements (
  shop_id      text not null,
  sighting_id  uuid not null,
  actor        jsonb not null,
  at           timestamptz not null default clock_timestamp(),
  primary key (shop_id, sighting_id),
  foreign key (shop_id, sighting_id) references sightings
);
create trigger file_agreements_are_append_only before update or delete on file_agreements
  for each statement execute function refuse_change();

create function person_of(actor jsonb) returns jsonb language sql immutable as $$
  select jsonb_build_object('id', actor -> 'id', 'name', actor -> 'name')
$$;

-- Who says by a file of the console that a transaction is so, and who else has said the same.
create function file_told(shop text, sighting uuid, number text, shown text, yen int) returns jsonb
  language sql stable as $$
  select jsonb_build_object('by', person_of(s.actor), 'fileHash', s.file_hash,
      'confirmedBy', coalesce(
        (select person_of(a.actor) from file_agreements a
          where a.shop_id = shop and a.sighting_id = sighting),
        (select person_of(other.actor) from observations o
           join sightings other on other.shop_id = o.shop_id and other.id = o.sighting_id
          where o.shop_id = shop and o.seqno = number and o.state = shown and o.amount = yen
            and other.source = 'console_csv' and other.actor ->> 'id' <> s.actor ->> 'id'
          order by other.recorded_at limit 1)),
      'isAlone', (select count(*) < 2 from members m where m.shop_id = shop))
    from sightings s where s.shop_id = shop and s.id = sighting
$$;
