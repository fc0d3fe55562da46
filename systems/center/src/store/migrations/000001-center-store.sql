-- Beside the journal: nothing here has to be believed later. Terminals and directory come from elsewhere and can be sent
-- again; papers live as long as their session; work only says where to look next.

create table terminal (
  terminal_id text primary key,
  operator text not null,
  store text not null,
  active boolean not null
);

-- Digests of credentials by municipality; the index is the question that is asked: whose is this card?
create table directory_entry (
  municipality text not null,
  digest text not null,
  primary key (municipality, digest)
);
create index directory_entry_digest on directory_entry (digest, municipality);

create table paper (
  session_id uuid not null,
  name text not null,
  bytes bytea not null,
  -- Milliseconds since 1970-01-01T00:00Z, by the center's clock, as everywhere.
  expires_at bigint not null,
  primary key (session_id, name)
);
-- Ciphertext does not compress.
alter table paper alter column bytes set storage external;
create index paper_expires_at on paper (expires_at);

create table session_work (
  session_id uuid primary key,
  due_at bigint not null,
  -- Moves with every change: who settles a claim that is no longer the newest changes nothing.
  version integer not null,
  attempts integer not null
);
create index session_work_due_at on session_work (due_at);

-- Pictures drawn from the journal. Thrown away and drawn again by one command.
create table projection_row (
  view text not null,
  key text not null,
  value jsonb not null,
  primary key (view, key)
);
