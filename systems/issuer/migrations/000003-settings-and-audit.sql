-- What a municipality lays down itself, version by version (its forms, its certifier with the official seal), and who
-- looked at or changed what. Days are YYYY-MM-DD in Japan.

-- One draft a setting: the one that is being worked on.
create table setting_draft (
  municipality text    not null check (municipality ~ '^[0-9]{6}$'),
  setting_id   text    not null,
  revision     integer not null,
  content      json    not null,
  by_subject   text    not null,
  by_name      text    not null,
  at_ms        bigint  not null,
  primary key (municipality, setting_id)
);

-- Append-only: what was proposed stays as it was proposed, what was decided stays decided.
create table setting_version (
  municipality  text    not null check (municipality ~ '^[0-9]{6}$'),
  setting_id    text    not null,
  version       integer not null,
  content       json    not null,
  from_day      text    not null check (from_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  until_day     text    check (until_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  reason        text    not null,
  by_subject    text    not null,
  by_name       text    not null,
  at_ms         bigint  not null,
  primary key (municipality, setting_id, version)
);
-- The ordinal is the lock: of two decisions at once about the same state one is kept.
create table setting_decision (
  municipality text     not null check (municipality ~ '^[0-9]{6}$'),
  setting_id   text     not null,
  version      integer  not null,
  ordinal      smallint not null,
  decision     text     not null check (decision in ('taken-into-use', 'returned', 'withdrawn')),
  from_day     text     check (from_day ~ '^[0-9]{4}-[0-9]{2}-[0-9]{2}$'),
  note         text     not null,
  by_subject   text     not null,
  by_name      text     not null,
  at_ms        bigint   not null,
  primary key (municipality, setting_id, version, ordinal),
  foreign key (municipality, setting_id, version) references setting_version,
  check ((decision = 'taken-into-use') = (from_day is not null))
);
create table audit_entry (
  municipality text   not null check (municipality ~ '^[0-9]{6}$'),
  entry        bigint generated always as identity,
  at_ms        bigint not null,
  by_subject   text   not null,
  by_name      text   not null,
  act          text   not null,
  about        json   not null,
  primary key (municipality, entry)
);

alter table setting_draft enable row level security;
alter table setting_version enable row level security;
alter table setting_decision enable row level security;
alter table audit_entry enable row level security;
create policy own on setting_draft using (municipality = current_setting('dokodemo.municipality', true));
create policy own on setting_version using (municipality = current_setting('dokodemo.municipality', true));
create policy own on setting_decision using (municipality = current_setting('dokodemo.municipality', true));
create policy own on audit_entry using (municipality = current_setting('dokodemo.municipality', true));
