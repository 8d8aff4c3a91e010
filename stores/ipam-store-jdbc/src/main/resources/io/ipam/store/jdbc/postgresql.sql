-- The statements for PostgreSQL. A statement begins with its name. The parameters of a statement
-- over rows are the realm and one array for each column.

-- name: limits
select set_config('lock_timeout', ?, true), set_config('idle_in_transaction_session_timeout', ?, true);

-- name: lock
select 1 from ipam_realm where realm = ? for update;

-- name: insertRealm
insert into ipam_realm (realm, format, cool_down, phase) values (?, ?, ?, ?);

-- name: insertFirstCommit
insert into ipam_commit (realm, revision, id_process, id_sequence, last_generation, held, stamp, changes)
values (?, 1, ?, ?, ?, ?, ?, ?);

-- The revision is null, and the statement fails, unless the expected head exists.
-- name: insertCommit
insert into ipam_commit (realm, revision, id_process, id_sequence, last_generation, held, stamp, changes)
values (?, (select revision from ipam_commit
            where realm = ? and revision = ? and id_process = ? and id_sequence = ?) + 1, ?, ?, ?, ?, ?, ?);

-- name: updateRealm
update ipam_realm set format = ?, cool_down = ?, phase = ?
where realm = ? and format = ? and cool_down = ? and phase = ?;

-- name: deleteHeld
delete from ipam_address
where realm = ? and (address, generation) in (select * from unnest(?::text[], ?::bigint[]));

-- name: insertHeld
insert into ipam_address (realm, address, pool, stateful, namespace, owner, uid, interface, generation, note)
select ?, u.* from unnest(?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::bigint[], ?::text[]) u
on conflict do nothing;

-- name: deleteCooling
delete from ipam_cooling where realm = ? and address = any(?::text[]);

-- name: putCooling
insert into ipam_cooling (realm, address, pool, stateful, namespace, owner, uid, released_at)
select ?, u.* from unnest(?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::bigint[]) u
on conflict (realm, address) do update set
    pool = excluded.pool, stateful = excluded.stateful, namespace = excluded.namespace,
    owner = excluded.owner, uid = excluded.uid, released_at = excluded.released_at;

-- name: deletePool
delete from ipam_pool
where realm = ? and (name, detached, closed, definition)
    in (select * from unnest(?::text[], ?::boolean[], ?::boolean[], ?::text[]));

-- name: insertPool
insert into ipam_pool (realm, name, detached, closed, definition)
select ?, u.* from unnest(?::text[], ?::boolean[], ?::boolean[], ?::text[]) u
on conflict do nothing;

-- name: deleteReserved
delete from ipam_reserved
where realm = ? and (name, definition) in (select * from unnest(?::text[], ?::text[]));

-- name: insertReserved
insert into ipam_reserved (realm, name, definition)
select ?, u.* from unnest(?::text[], ?::text[]) u
on conflict do nothing;

-- name: trimCooling
delete from ipam_cooling
where (realm, address) in (
    select realm, address from ipam_cooling where realm = ? and released_at <= ? limit ? for update skip locked);
