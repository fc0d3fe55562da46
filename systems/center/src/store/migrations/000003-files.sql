-- Files on their way to a telephone, as ciphertext: whether one was collected stands in the journal, here is only what is
-- given out. Bytes go when it is withdrawn, the row with its time.
create table file (
  deposit_id text primary key,
  session_id uuid not null,
  application_id uuid not null unique,
  bytes bytea,
  size integer not null,
  expires_at bigint not null
);
-- Ciphertext does not compress.
alter table file alter column bytes set storage external;
create index file_expires_at on file (expires_at);
