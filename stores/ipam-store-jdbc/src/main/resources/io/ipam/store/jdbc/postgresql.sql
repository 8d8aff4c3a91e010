-- The statements for PostgreSQL. A statement begins with its name. The parameters of a statement
-- over rows are the realm and one array for each column.
--
-- A deletion finds each row by its primary key: the "offset 0" prevents another plan. A planner whose
-- statistics are older than the realm expects one row in it. It would compare each row of the realm
-- with each row to delete.

-- The plans do not depend on statistics, so they are made once.
-- name: limits
select set_config('lock_timeout', ?, true), set_config('idle_in_transaction_session_timeout', ?, true),
       set_config('plan_cache_mode', 'force_generic_plan', true), set_config('enable_seqscan', 'off', true);

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
delete from ipam_address where ctid = any(array(
    select found.ctid
    from (select ?::text as realm) r cross join unnest(?::text[], ?::bigint[]) u (address, generation)
    cross join lateral (
        select t.ctid from ipam_address t
        where t.realm = r.realm and t.address = u.address and t.generation = u.generation offset 0) found));

-- name: insertHeld
insert into ipam_address (realm, address, pool, stateful, namespace, owner, uid, interface, generation, note)
select ?, u.* from unnest(?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::text[],
                          ?::bigint[], ?::text[]) u
on conflict do nothing;

-- name: deleteCooling
delete from ipam_cooling where ctid = any(array(
    select found.ctid
    from (select ?::text as realm) r cross join unnest(?::text[]) u (address)
    cross join lateral (
        select t.ctid from ipam_cooling t
        where t.realm = r.realm and t.address = u.address offset 0) found));

-- name: putCooling
insert into ipam_cooling (realm, address, pool, stateful, namespace, owner, uid, released_at)
select ?, u.* from unnest(?::text[], ?::text[], ?::boolean[], ?::text[], ?::text[], ?::text[], ?::bigint[]) u
on conflict (realm, address) do update set
    pool = excluded.pool, stateful = excluded.stateful, namespace = excluded.namespace,
    owner = excluded.owner, uid = excluded.uid, released_at = excluded.released_at;

-- name: deletePool
delete from ipam_pool where ctid = any(array(
    select found.ctid
    from (select ?::text as realm) r cross join unnest(?::text[], ?::boolean[], ?::boolean[], ?::text[]) u (name, detached, closed, definition)
    cross join lateral (
        select t.ctid from ipam_pool t
        where t.realm = r.realm and t.name = u.name and t.detached = u.detached and t.closed = u.closed and t.definition = u.definition offset 0) found));

-- name: insertPool
insert into ipam_pool (realm, name, detached, closed, definition)
select ?, u.* from unnest(?::text[], ?::boolean[], ?::boolean[], ?::text[]) u
on conflict do nothing;

-- name: deleteReserved
delete from ipam_reserved where ctid = any(array(
    select found.ctid
    from (select ?::text as realm) r cross join unnest(?::text[], ?::text[]) u (name, definition)
    cross join lateral (
        select t.ctid from ipam_reserved t
        where t.realm = r.realm and t.name = u.name and t.definition = u.definition offset 0) found));

-- name: insertReserved
insert into ipam_reserved (realm, name, definition)
select ?, u.* from unnest(?::text[], ?::text[]) u
on conflict do nothing;

-- name: trimCooling
delete from ipam_cooling where ctid = any(array(
    select ctid from ipam_cooling where realm = ? and released_at <= ? limit ? for update skip locked));
