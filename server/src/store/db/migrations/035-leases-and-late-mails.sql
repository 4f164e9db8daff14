-- Which process carries a run out, and until when without a sign of life, by this clock. A session's
-- lock took a connection for as long as the run lasted; a row takes none. Whoever takes the run over
-- writes its own name, and nothing is written under the name of before any more.
alter table runs
  add column held_by uuid,
  add column held_until timestamptz;

-- A mail that has waited for too long does not go out by itself: a person has said that it may.
alter table mails add column approved_at timestamptz;
