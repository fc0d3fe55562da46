-- 印鑑登録, 課税台帳, 戸籍 and 附票, 利用登録 of the demo. Bodies are json, not jsonb: they are read whole and never searched,
-- and a town of 20,000 loads in half the time.
create table seal_registration (
  municipality        text    not null,
  registration_number text    not null,
  addressee_number    text    not null,
  entered             bigint  generated always as identity, -- order of one person's registrations
  in_force            boolean not null,
  version             integer not null default 1,
  body                json    not null,
  primary key (municipality, registration_number),
  foreign key (municipality, addressee_number) references resident
);
create index seals_of_person on seal_registration (municipality, addressee_number, entered);
-- One seal a person (印鑑登録証明事務処理要領 第2).
create unique index one_seal_in_force on seal_registration (municipality, addressee_number) where in_force;

create table tax_year (
  municipality     text    not null,
  addressee_number text    not null,
  fiscal_year      integer not null,
  settled_from     text    not null, -- ISO day from which something of the year may be certified
  version          integer not null default 1,
  body             json    not null,
  primary key (municipality, addressee_number, fiscal_year),
  foreign key (municipality, addressee_number) references resident
);

create table family_register (
  municipality       text    not null,
  family_register_id text    not null,
  processing         boolean not null, -- a notification has come in and is not recorded yet
  version            integer not null default 1,
  body               json    not null, -- register, historyMadeOn
  primary key (municipality, family_register_id)
);

-- Its people live anywhere: no reference to a resident.
create table family_register_person (
  municipality       text    not null,
  family_register_id text    not null,
  person_number      integer not null,
  addressee_number   text,
  removed            boolean not null, -- 除籍
  version            integer not null default 1,
  body               json    not null,
  history_version    integer not null default 1,
  history            json    not null, -- 附票
  primary key (municipality, family_register_id, person_number),
  foreign key (municipality, family_register_id) references family_register
);
-- Nobody is in two family registers at once.
create unique index one_family_register on family_register_person (municipality, addressee_number) where not removed;

create table enrolment (
  municipality       text        not null,
  enrolment_id       text        not null,
  serial_hex         text        not null,
  entered            bigint      generated always as identity,
  state              text        not null check (state in ('applied', 'approved', 'rejected', 'ended')),
  at                 timestamptz not null default now(),
  addressee_number   text,
  family_register_id text,
  body               json        not null, -- from, claim
  primary key (municipality, enrolment_id),
  check (state <> 'approved' or (addressee_number is not null and family_register_id is not null))
);
create index enrolments_of_certificate on enrolment (municipality, serial_hex, entered);
create unique index one_open_enrolment on enrolment (municipality, serial_hex) where state in ('applied', 'approved');
