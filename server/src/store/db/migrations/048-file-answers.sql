-- What a shop has answered about its files: the kind of a payment method, the meaning of a column,
-- the replacement of a character that Shift_JIS lacks.
create table file_answers (
  shop_id  text not null references shops,
  kind     text not null check (kind in ('payment_method', 'shipment_column', 'character')),
  -- The asked word as files are compared by it, and as it stood in the file.
  folded   text not null,
  asked    text not null,
  answer   text not null,
  primary key (shop_id, kind, folded)
);

alter table shop_log drop constraint shop_log_area_check,
  add constraint shop_log_area_check check
    (area in ('settings', 'mail_template', 'csv_layout', 'access', 'erasure', 'file_answer')) not valid;
