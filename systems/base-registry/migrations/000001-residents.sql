-- 住民記録 of the demo: what an issuer asks for, with a version on every row. Every key begins with the municipality.
create table household (
  municipality     text    not null,
  household_number text    not null,
  version          integer not null default 1,
  body             jsonb   not null, -- address, addressDetail, headName
  primary key (municipality, household_number)
);

create table resident (
  municipality     text    not null,
  addressee_number text    not null,
  household_number text    not null,
  place            integer not null, -- order within the household
  version          integer not null default 1,
  body             jsonb   not null,
  primary key (municipality, addressee_number),
  foreign key (municipality, household_number) references household
);
create index resident_of_household on resident (municipality, household_number, place);

create table restriction (
  municipality     text not null,
  restriction_id   text not null,
  addressee_number text,
  household_number text,
  body             jsonb not null,
  primary key (municipality, restriction_id),
  check ((addressee_number is null) <> (household_number is null))
);
create index restriction_of_person on restriction (municipality, addressee_number);
create index restriction_of_household on restriction (municipality, household_number);

create table credential (
  municipality     text not null,
  serial_hex       text not null,
  addressee_number text not null,
  digest           text not null, -- as the center's directory lists it
  primary key (municipality, serial_hex)
);
create index credential_in_order on credential (municipality, digest);

-- What was changed, when and by whom: kinds and row keys, never content.
create table change_log (
  municipality text        not null,
  change_id    bigint      generated always as identity,
  at           timestamptz not null default now(),
  by           text        not null,
  kind         text        not null,
  row_key      text        not null,
  primary key (municipality, change_id)
);
