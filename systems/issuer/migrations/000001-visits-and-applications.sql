-- Everything an issuer keeps. Every key begins with the municipality, so that rows can be spread by it, and every table
-- is guarded by it: a program that says for whom it works (set local dokodemo.municipality) sees nobody else's rows.
-- Times are milliseconds since 1970-01-01T00:00Z. `json`, not `jsonb`: an answer asked again is the same byte for byte.

create table visit (
  municipality  text   not null check (municipality ~ '^[0-9]{6}$'),
  visit_id      uuid   not null,
  request       text   not null,
  session_id    uuid   not null,
  terminal_id   text   not null,
  kiosk_key     text   not null,
  nonce         text   not null,
  certificate   text   not null,
  serial_hex    text   not null,
  opened_at_ms  bigint not null,
  expires_at_ms bigint not null,
  proof         json,
  primary key (municipality, visit_id)
);
create index visit_by_end on visit (municipality, expires_at_ms);

create table serial (
  municipality text    not null check (municipality ~ '^[0-9]{6}$'),
  day          date    not null,
  last_serial  integer not null,
  primary key (municipality, day)
);

create table application (
  municipality   text   not null check (municipality ~ '^[0-9]{6}$'),
  application_id uuid   not null,
  visit_id       uuid,
  request        text,
  kind_id        text,
  state          text   not null,
  at_ms          bigint not null,
  refusal        json,
  issue          json,
  reply          json,
  expires_at_ms  bigint,
  unheard_at_ms  bigint,
  primary key (municipality, application_id),
  check ((state = 'refused') = (refusal is not null)),
  check ((issue is null) = (expires_at_ms is null))
);
create index application_by_time on application (municipality, at_ms desc);
create index application_waiting on application (municipality, expires_at_ms) where state = 'prepared' and unheard_at_ms is null;

-- Append-only: a number that was given stays given, a word that was told stays told.
create table document (
  municipality    text     not null check (municipality ~ '^[0-9]{6}$'),
  document_number text     not null,
  application_id  uuid     not null,
  copy            smallint not null,
  primary key (municipality, document_number),
  unique (municipality, application_id, copy),
  foreign key (municipality, application_id) references application
);
create table outcome (
  municipality   text     not null check (municipality ~ '^[0-9]{6}$'),
  application_id uuid     not null,
  ordinal        smallint not null,
  told           json     not null,
  primary key (municipality, application_id, ordinal),
  foreign key (municipality, application_id) references application
);

create table pushed_digest (
  municipality text not null check (municipality ~ '^[0-9]{6}$'),
  digest       text not null,
  primary key (municipality, digest)
);

-- An application is completed, never rewritten: what was asked, refused or issued stays as it was recorded.
create function keep_application() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' then
    raise exception 'an application is kept';
  end if;
  if (new.municipality, new.application_id, new.at_ms) is distinct from (old.municipality, old.application_id, old.at_ms)
    or new.visit_id is distinct from old.visit_id
    or new.request is distinct from old.request
    or new.kind_id is distinct from old.kind_id
    or new.refusal::text is distinct from old.refusal::text
    or new.issue::text is distinct from old.issue::text
    or new.expires_at_ms is distinct from old.expires_at_ms
    or (new.reply is not null and new.reply::text is distinct from old.reply::text)
  then
    raise exception 'what is recorded of an application does not change';
  end if;
  return new;
end $$;
create trigger keep_application before update or delete on application for each row execute function keep_application();

-- A visit has one proof.
create function keep_proof() returns trigger language plpgsql as $$
begin
  if old.proof is not null or (new.municipality, new.visit_id, new.request, new.nonce, new.kiosk_key)
    is distinct from (old.municipality, old.visit_id, old.request, old.nonce, old.kiosk_key) then
    raise exception 'a visit has one proof, and nothing else of it changes';
  end if;
  return new;
end $$;
create trigger keep_proof before update on visit for each row execute function keep_proof();

alter table visit enable row level security;
alter table serial enable row level security;
alter table application enable row level security;
alter table document enable row level security;
alter table outcome enable row level security;
alter table pushed_digest enable row level security;
create policy own on visit using (municipality = current_setting('dokodemo.municipality', true));
create policy own on serial using (municipality = current_setting('dokodemo.municipality', true));
create policy own on application using (municipality = current_setting('dokodemo.municipality', true));
create policy own on document using (municipality = current_setting('dokodemo.municipality', true));
create policy own on outcome using (municipality = current_setting('dokodemo.municipality', true));
create policy own on pushed_digest using (municipality = current_setting('dokodemo.municipality', true));
