-- Sign-ins that failed: how many of a key, and until when no other is tried. A key is a person's
-- account, an address of the network, or a place from which that person has come in before.
create table sign_in_tries (
  key          text primary key,
  failures     integer not null,
  tried_at     timestamptz not null,
  closed_until timestamptz not null
);

-- From where a person has come in: an address, or a browser by the hash of its cookie. Whoever
-- comes from there is not kept out by what strangers try elsewhere.
create table sign_in_places (
  account text not null,
  place   text not null,
  last_at timestamptz not null default clock_timestamp(),
  primary key (account, place)
);

-- How an account came to be. "user"."emailVerified" says whether its address was proved: by a mail
-- to it, or at the word of whoever runs the server.
create table account_origins (
  user_id text primary key references "user" ("id") on delete cascade,
  shop_id text references shops,
  way     text not null check (way in ('operator', 'mailed_link', 'shown_link')),
  at      timestamptz not null default now()
);

-- Until now every link was shown to whoever invited: the address of nobody who came by one is proved.
update "user" set "emailVerified" = false
 where exists (select from shop_log
   where area = 'access' and after ->> 'action' = 'invited' and lower(subject) = lower("user"."email"));

alter table invitations add column mailed boolean not null default false;

-- The link goes to the person who is invited, and is about no order.
alter table mails
  drop constraint mails_kind_check,
  drop constraint mails_without_order_check,
  add constraint mails_kind_check check (kind in ('order_confirmation', 'preorder_confirmation',
    'thanks', 'payment_confirmation', 'shipping_notice', 'cancellation', 'status_change',
    'order_notice_1', 'order_notice_2', 'attention_digest', 'template_test', 'invitation'))
    not valid,
  add constraint mails_without_order_check check (
    (order_number is null) = (kind in ('attention_digest', 'template_test', 'invitation'))) not valid;
