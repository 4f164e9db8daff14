-- Who may come in, and what they may do in which shop.

-- The tables of better-auth, with its own names, so that its documentation can be read against
-- them. Passwords are scrypt hashes in account.password.
create table "user" (
  "id"                text primary key,
  "name"              text not null,
  "email"             text not null unique,
  "emailVerified"     boolean not null,
  "image"             text,
  "createdAt"         timestamptz not null default now(),
  "updatedAt"         timestamptz not null default now(),
  "twoFactorEnabled"  boolean
);

create table "session" (
  "id"         text primary key,
  "expiresAt"  timestamptz not null,
  "token"      text not null unique,
  "createdAt"  timestamptz not null default now(),
  "updatedAt"  timestamptz not null,
  "ipAddress"  text,
  "userAgent"  text,
  "userId"     text not null references "user" ("id") on delete cascade
);
create index "session_userId_idx" on "session" ("userId");

create table "account" (
  "id"                     text primary key,
  "accountId"              text not null,
  "providerId"             text not null,
  "userId"                 text not null references "user" ("id") on delete cascade,
  "accessToken"            text,
  "refreshToken"           text,
  "idToken"                text,
  "accessTokenExpiresAt"   timestamptz,
  "refreshTokenExpiresAt"  timestamptz,
  "scope"                  text,
  "password"               text,
  "createdAt"              timestamptz not null default now(),
  "updatedAt"              timestamptz not null
);
create index "account_userId_idx" on "account" ("userId");

create table "verification" (
  "id"          text primary key,
  "identifier"  text not null,
  "value"       text not null,
  "expiresAt"   timestamptz not null,
  "createdAt"   timestamptz not null default now(),
  "updatedAt"   timestamptz not null default now()
);
create index "verification_identifier_idx" on "verification" ("identifier");

create table "twoFactor" (
  "id"                       text primary key,
  "secret"                   text not null,
  "backupCodes"              text not null,
  "userId"                   text not null references "user" ("id") on delete cascade,
  "verified"                 boolean,
  "failedVerificationCount"  integer,
  "lockedUntil"              timestamptz
);
create index "twoFactor_secret_idx" on "twoFactor" ("secret");
create index "twoFactor_userId_idx" on "twoFactor" ("userId");

create table "rateLimit" (
  "id"           text primary key,
  "key"          text not null unique,
  "count"        integer not null,
  "lastRequest"  bigint not null
);

-- Which user works in which shop, and as what.
create table members (
  shop_id  text not null references shops,
  user_id  text not null references "user" ("id") on delete cascade,
  role     text not null check (role in ('owner', 'clerk', 'accountant', 'viewer')),
  primary key (shop_id, user_id)
);
create index members_by_user on members (user_id);
