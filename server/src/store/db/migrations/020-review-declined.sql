-- 要確認: the second person may have found something else. The answer then waits no more; who
-- declined it stays to be seen until somebody gives a new one.
alter table review_answers
  add column declined_by jsonb,
  add column declined_at timestamptz,
  add check ((declined_by is null) = (declined_at is null)),
  add check (declined_by is null or confirmed_by is null);
