-- Streams of events: appended with an expected version, never changed. `shard` comes from the stream's id, so that the
-- tables can be spread over a cluster without a second look.
create table stream (
  shard     smallint not null,
  stream_id uuid     not null,
  version   integer  not null check (version > 0),
  primary key (shard, stream_id)
) with (fillfactor = 70); -- the head moves with every append: room for it on its own page

create table event (
  shard        smallint not null,
  stream_id    uuid     not null,
  seq          integer  not null check (seq > 0),
  at           bigint   not null, -- milliseconds since 1970-01-01T00:00Z
  municipality text     not null,
  terminal     text     not null,
  kind         text     not null,
  body         jsonb    not null check (pg_column_size(body) <= 65536),
  -- Which transaction wrote it: all of a lower number are visible once no such transaction runs any more.
  xid          xid8     not null default pg_current_xact_id(),
  primary key (shard, stream_id, seq)
);
create index event_in_order on event (xid, shard, stream_id, seq);

-- The lasting order of all events, and the chain of digests over it.
create table seal (
  position  bigint   primary key check (position > 0),
  shard     smallint not null,
  stream_id uuid     not null,
  seq       integer  not null,
  xid       xid8     not null,
  digest    bytea    not null check (length(digest) = 32),
  unique (shard, stream_id, seq)
);

create table checkpoint (
  size   bigint primary key,
  at     bigint not null,
  note   text   not null -- signed: see checkpoint.ts
);

create table projection (
  name     text    primary key,
  version  integer not null,
  position bigint  not null
);
