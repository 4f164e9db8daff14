-- 要確認: what a person has found at F-REGI's console. Where the amount is not the one that was to
-- be expected, a second person has to find the same; until then the answer waits here.
create table review_answers (
  shop_id       text not null,
  operation_id  uuid not null,
  answer        jsonb not null,
  actor         jsonb not null,
  at            timestamptz not null default now(),
  confirmed_by  jsonb,
  confirmed_at  timestamptz,
  primary key (shop_id, operation_id),
  foreign key (shop_id, operation_id) references operations,
  check ((confirmed_by is null) = (confirmed_at is null))
);
