-- Y2: an operation for which F-REGI waits for the cardholder. Its page is kept only until then.
alter table operations
  add column return_url text,
  add column challenge_page text,
  drop constraint operations_state_check,
  drop constraint operations_check,
  add constraint operations_state_check check (state in
    ('asking', 'confirming', 'unknown', 'review', 'succeeded', 'declined', 'not_sent')) not valid,
  add constraint operations_end_check check (
    (ended_at is null) = (state in ('asking', 'confirming', 'unknown', 'review'))) not valid,
  add constraint operations_challenge_check check (
    (challenge_page is not null) = (state = 'confirming')) not valid;
alter table steps
  drop constraint steps_state_check,
  add constraint steps_state_check check (state in ('sent', 'challenged', 'unknown', 'done', 'refused',
    'unsent', 'proven', 'disproven', 'repeated')) not valid;

drop index one_open_operation_per_order, operations_due, one_open_step_per_operation;
create unique index one_open_operation_per_order on operations (shop_id, order_number)
  where state in ('asking', 'confirming', 'unknown', 'review');
create index operations_due on operations (due_at) where state in ('asking', 'confirming', 'unknown');
create unique index one_open_step_per_operation on steps (shop_id, operation_id)
  where state in ('sent', 'challenged', 'unknown');
