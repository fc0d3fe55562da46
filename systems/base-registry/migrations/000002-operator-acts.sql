-- What staff have asked for, by the id their program gave it: asked twice, done once. A late second copy of "set" must
-- not bring back what has been lifted since.
create table operator_act (
  municipality text        not null,
  act_id       text        not null,
  digest       text        not null, -- of the whole request
  done         boolean     not null, -- false: there was no such row
  at           timestamptz not null default now(),
  primary key (municipality, act_id)
);
