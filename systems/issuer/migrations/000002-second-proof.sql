-- 第二暗証番号: what the municipality's own card application gave in a visit, once, after the visit's first proof.

alter table visit add column second_proof json;
alter table visit add check (second_proof is null or proof is not null);

-- A visit has one proof of each kind; each is written once, and nothing else of a visit ever changes.
create or replace function keep_proof() returns trigger language plpgsql as $$
begin
  if (old.proof is not null and new.proof::text is distinct from old.proof::text)
    or (old.second_proof is not null and new.second_proof::text is distinct from old.second_proof::text)
    or (new.municipality, new.visit_id, new.request, new.session_id, new.terminal_id, new.kiosk_key, new.nonce,
        new.certificate, new.serial_hex, new.opened_at_ms, new.expires_at_ms)
    is distinct from (old.municipality, old.visit_id, old.request, old.session_id, old.terminal_id, old.kiosk_key,
        old.nonce, old.certificate, old.serial_hex, old.opened_at_ms, old.expires_at_ms) then
    raise exception 'a visit has one proof of each kind, and nothing else of it changes';
  end if;
  return new;
end $$;
