-- The statements for H2. A statement begins with its name. A statement over rows runs once for each
-- row; its parameters are the realm and the columns.

-- name: insertRealm
insert into ipam_realm (realm, format, cool_down, phase) values (?, ?, ?, ?);

-- name: lock
select 1 from ipam_realm where realm = ? for update;

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
delete from ipam_address where realm = ? and address = ? and generation = ?;

-- name: insertHeld
insert into ipam_address (realm, address, pool, stateful, namespace, owner, uid, interface, generation, note)
select * from (values (cast(?1 as varchar), cast(?2 as varchar), cast(?3 as varchar), cast(?4 as boolean),
                       cast(?5 as varchar), cast(?6 as varchar), cast(?7 as varchar), cast(?8 as varchar),
                       cast(?9 as bigint), cast(?10 as varchar)))
where not exists (select 1 from ipam_address where realm = ?1 and address = ?2);

-- name: deleteCooling
delete from ipam_cooling where realm = ? and address = ?;

-- name: putCooling
merge into ipam_cooling (realm, address, pool, stateful, namespace, owner, uid, released_at)
key (realm, address) values (?, ?, ?, ?, ?, ?, ?, ?);

-- name: deletePool
delete from ipam_pool where realm = ? and name = ? and detached = ? and closed = ? and definition = ?;

-- name: insertPool
insert into ipam_pool (realm, name, detached, closed, definition)
select * from (values (cast(?1 as varchar), cast(?2 as varchar), cast(?3 as boolean), cast(?4 as boolean),
                       cast(?5 as varchar)))
where not exists (select 1 from ipam_pool where realm = ?1 and name = ?2);

-- name: deleteReserved
delete from ipam_reserved where realm = ? and name = ? and definition = ?;

-- name: insertReserved
insert into ipam_reserved (realm, name, definition)
select * from (values (cast(?1 as varchar), cast(?2 as varchar), cast(?3 as varchar)))
where not exists (select 1 from ipam_reserved where realm = ?1 and name = ?2);

-- name: trimCooling
delete from ipam_cooling where realm = ? and released_at <= ? fetch first ? rows only;
