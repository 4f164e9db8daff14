-- People can be erased, and money and proof stay whole (decision 26). What a person wrote, and the
-- numbers of parcels, stand beside the journal; the chain covers their hash.

-- In the order in which servers lock them, so that nobody waits for somebody who waits for us.
lock table subscriptions, orders, shops, journal, attention, attention_log, shop_log
  in access exclusive mode;

-- The texts of one entry as PostgreSQL prints them. The salt keeps a short text from being guessed
-- by its hash, and goes with it.
create table journal_texts (
  shop_id       text not null,
  order_number  text not null,
  version       int not null,
  salt          uuid not null default gen_random_uuid(),
  texts         text not null,
  primary key (shop_id, order_number, version),
  foreign key (shop_id, order_number, version) references journal deferrable initially deferred
);
create trigger journal_texts_are_as_written before update on journal_texts
  for each statement execute function refuse_change();

-- The texts of an event that name or concern a person; null if it has none.
create function texts_of(event jsonb) returns jsonb language sql immutable as $$
  select case event ->> 'kind'
    when 'cancel_requested' then
      case when event ->> 'message' <> '' then jsonb_build_array(event -> 'message') end
    when 'order_shipped' then (
      select case when bool_or(shipment ->> 'trackingNumber' <> '')
          then jsonb_agg(shipment -> 'trackingNumber' order by n) end
        from jsonb_array_elements(event -> 'shipments') with ordinality as sent (shipment, n))
    end
$$;

-- The event with these texts instead of its own; null: with empty ones.
create function with_texts(event jsonb, texts jsonb) returns jsonb language sql immutable as $$
  select case event ->> 'kind'
    when 'cancel_requested' then
      event || jsonb_build_object('message', coalesce(texts -> 0, '""'))
    when 'order_shipped' then event || jsonb_build_object('shipments', (
      select coalesce(jsonb_agg(case when shipment ? 'trackingNumber'
          then shipment || jsonb_build_object('trackingNumber',
            coalesce(texts -> (n - 1)::int, '""')) else shipment end order by n), '[]')
        from jsonb_array_elements(event -> 'shipments') with ordinality as sent (shipment, n)))
    else event end
$$;

-- An event as it was told, for whoever may read it: with its texts while they are there.
create function told_event(shop text, number text, nth int, event jsonb) returns jsonb
language sql stable as $$
  select case when event ? 'textsHash' then with_texts(event - 'textsHash', (
      select texts::jsonb from journal_texts
       where shop_id = shop and order_number = number and version = nth)) else event end
$$;

-- Parts an entry from its texts before it is hashed, whoever writes it. An erasure names the entries
-- of before this migration whose texts it takes out, by the hash of what is left of them.
create function part_entry() returns trigger language plpgsql as $$
declare
  said jsonb := texts_of(new.event);
  salted uuid := gen_random_uuid();
begin
  if said is not null then
    insert into journal_texts (shop_id, order_number, version, salt, texts)
    values (new.shop_id, new.order_number, new.version, salted, said::text);
    new.event := with_texts(new.event, null) || jsonb_build_object('textsHash',
      encode(sha256(convert_to(salted::text || said::text, 'UTF8')), 'hex'));
  elsif new.event ->> 'kind' = 'customer_erased' then
    new.event := new.event || jsonb_build_object('redacted', (
      select coalesce(jsonb_agg(jsonb_build_array(version, encode(sha256(convert_to(
            jsonb_build_array(shop_id, order_number, version,
              (extract(epoch from at) * 1000000)::bigint, actor, operation_id,
              with_texts(event, null))::text, 'UTF8')), 'hex')) order by version), '[]')
        from journal where shop_id = new.shop_id and order_number = new.order_number
         and texts_of(event) is not null));
  end if;
  return new;
end $$;
-- Its name comes before that of the trigger that chains: PostgreSQL fires them in this order.
create trigger journal_has_no_texts before insert on journal for each row
  when (new.event ->> 'kind' in ('cancel_requested', 'order_shipped', 'customer_erased'))
  execute function part_entry();

-- An entry never changes, but for the texts of one from before that are taken out.
drop trigger journal_is_append_only on journal;
create trigger journal_is_append_only before delete on journal
  for each statement execute function refuse_change();
create trigger journal_is_as_written before update on journal for each row when (
  (old.shop_id, old.order_number, old.version, old.at, old.actor, old.operation_id, old.hash)
    is distinct from
  (new.shop_id, new.order_number, new.version, new.at, new.actor, new.operation_id, new.hash)
  or new.event is distinct from with_texts(old.event, null))
  execute function refuse_change();

-- Why a person closed an item stays unless the customer of its order is erased.
drop trigger attention_log_is_append_only on attention_log;
create trigger attention_log_is_append_only before delete on attention_log
  for each statement execute function refuse_change();
create trigger attention_log_is_as_written before update on attention_log for each row when (
  (old.id, old.shop_id, old.attention_id, old.at, old.actor, old.action)
    is distinct from (new.id, new.shop_id, new.attention_id, new.at, new.actor, new.action)
  or new.facts is distinct from old.facts || '{"reason": ""}')
  execute function refuse_change();

-- Names only what stays; a field that nobody thought of is erased.
create function erased_details(details jsonb) returns jsonb language sql immutable as $$
  select jsonb_build_object('memo', '', 'customerMessage', '',
    'customer', '{"name": "", "kana": "", "phone": "", "postalCode": "", "prefecture": "",
                  "address": "", "email": ""}'::jsonb,
    'destinations', (
      select coalesce(jsonb_agg('{"name": "", "kana": "", "phone": "", "postalCode": "",
            "prefecture": "", "address": "", "trackingNumber": ""}'::jsonb
          || jsonb_build_object(
            'lines', coalesce(sent -> 'lines', '[]'),
            'carrier', coalesce(sent -> 'carrier', '""'),
            'shippedOn', sent -> 'shippedOn',
            'requestedDate', sent -> 'requestedDate',
            'requestedTime', coalesce(sent -> 'requestedTime', '""')) order by n), '[]')
        from jsonb_array_elements(details -> 'destinations') with ordinality as given (sent, n)))
$$;

alter table orders add column customer_erased boolean not null default false;
alter table subscriptions add column customer_erased boolean not null default false;

-- Who was erased, until when a certificate in the shop's log counts them. Names no person: a restored
-- back-up has the person again, and this list, kept outside, too, says that they have to go.
create table erasures (
  shop_id      text not null references shops,
  kind         text not null check (kind in ('order', 'application')),
  -- The order's number, or the application's code.
  name         text not null,
  at           timestamptz not null,
  actor        jsonb not null,
  cause        text not null check (cause in ('request', 'retention', 'restored')),
  -- The number of that entry in shop_log.
  certificate  bigint,
  primary key (shop_id, kind, name)
);
create index erasures_uncertified on erasures (shop_id) where certificate is null;

-- Erases the customer of an order with the entry that says so, so that no writer can do one without
-- the other. The owner's rights reach the entries that no server may change.
create function erase_customer() returns trigger language plpgsql
security definer set search_path = public, pg_temp as $$
declare
  person text[];
begin
  select array_remove(array[customer_name, customer_kana, customer_phone, customer_email,
      details #>> '{customer,name}', details #>> '{customer,phone}'], '') into person
    from orders where shop_id = new.shop_id and order_number = new.order_number;
  delete from list_views v where v.shop_id = new.shop_id
     and exists (select from jsonb_each_text(v.filter) as f where f.value = any (person));
  delete from selections v where v.shop_id = new.shop_id
     and exists (select from jsonb_each_text(v.filter) as f where f.value = any (person));
  update orders set customer_name = '', customer_kana = '', customer_phone = '',
      customer_email = '', prefecture = '', details = erased_details(details),
      first_details = erased_details(first_details)
   where shop_id = new.shop_id and order_number = new.order_number;
  delete from journal_texts
   where shop_id = new.shop_id and order_number = new.order_number;
  update journal set event = with_texts(event, null)
   where shop_id = new.shop_id and order_number = new.order_number
     and texts_of(event) is not null;
  update mails set recipient = null, copy_to = '{}', subject = null, body = null, error = null
   where shop_id = new.shop_id and order_number = new.order_number;
  update run_rows set shipments = with_texts(
      jsonb_build_object('kind', 'order_shipped', 'shipments', shipments), null) -> 'shipments'
   where shop_id = new.shop_id and order_number = new.order_number
     and jsonb_typeof(shipments) = 'array';
  update operations set return_url = null
   where shop_id = new.shop_id and order_number = new.order_number and return_url is not null;
  update attention_log l set facts = facts || '{"reason": ""}' from attention a
   where a.shop_id = new.shop_id and a.order_number = new.order_number
     and l.shop_id = a.shop_id and l.attention_id = a.id and l.facts ->> 'reason' <> '';
  update attention set close_reason = ''
   where shop_id = new.shop_id and order_number = new.order_number and close_reason <> '';
  insert into erasures (shop_id, kind, name, at, actor, cause)
  values (new.shop_id, 'order', new.order_number, new.at, new.actor, new.event ->> 'cause');
  return null;
end $$;
create trigger customer_is_erased after insert on journal for each row
  when (new.event ->> 'kind' = 'customer_erased') execute function erase_customer();

-- Years after the last movement of a closed order, after which its customer is erased; null: never.
alter table shops add column retention_years int check (retention_years between 1 and 30);

-- The certificates stand in the shop's own log.
alter table shop_log drop constraint shop_log_area_check,
  add constraint shop_log_area_check
    check (area in ('settings', 'mail_template', 'csv_layout', 'access', 'erasure')) not valid;
