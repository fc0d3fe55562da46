-- The log of issues, drawn from the journal in its lasting order: what is thrown away comes back the same.
create table issue_log_entry (
  index bigint primary key,
  entry bytea not null,
  leaf bytea not null
);

-- Complete subtrees of 2^level leaves.
create table issue_log_hash (
  level smallint not null,
  index bigint not null,
  hash bytea not null,
  primary key (level, index)
);

create table issue_log_paper (
  number text primary key,
  application_id uuid not null,
  -- SHA-256 of the inquiry key, hex; absent: nobody can ask for it.
  inquiry text,
  entry_index bigint not null,
  state text not null,
  at text not null,
  municipality text not null,
  kind text not null
);
create index issue_log_paper_application_id on issue_log_paper (application_id);

-- What was signed, for ever: not drawn again with the rest, for it is what the rest is held against.
create table issue_log_checkpoint (
  size bigint primary key,
  root bytea not null,
  note text not null
);
