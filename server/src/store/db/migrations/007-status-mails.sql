-- V6: the customer can be told of a change of status.
alter table mails drop constraint mails_kind_check,
  add constraint mails_kind_check check (kind in ('payment_confirmation', 'status_change'));
