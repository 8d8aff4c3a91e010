-- The statements that all databases have in common. An order begins with the realm, although a
-- statement is about one realm: H2 does not use the index for the order otherwise.

-- name: schemaVersion
select version from ipam_schema;

-- name: news
select revision, id_process, id_sequence, last_generation, held, stamp,
       case when revision = ? then '' else changes end as changes
from ipam_commit where realm = ? and revision >= ? order by realm, revision limit ?;

-- name: head
select revision, id_process, id_sequence, last_generation, held, stamp
from ipam_commit where realm = ? order by realm desc, revision desc limit 1;

-- name: realm
select format, cool_down, phase from ipam_realm where realm = ?;

-- name: pools
select name, detached, closed, definition from ipam_pool where realm = ? and name > ? order by realm, name limit ?;

-- name: reserved
select name, definition from ipam_reserved where realm = ? and name > ? order by realm, name limit ?;

-- name: held
select address, pool, stateful, namespace, owner, uid, interface, generation, note
from ipam_address where realm = ? and address > ? order by realm, address limit ?;

-- name: cooling
select address, pool, stateful, namespace, owner, uid, released_at
from ipam_cooling where realm = ? and address > ? order by realm, address limit ?;

-- name: heldAt
select address, pool, stateful, namespace, owner, uid, interface, generation, note
from ipam_address where realm = ? and address = ?;

-- name: poolAt
select name, detached, closed, definition from ipam_pool where realm = ? and name = ?;

-- name: reservedAt
select name, definition from ipam_reserved where realm = ? and name = ?;

-- name: logEnds
select (select revision from ipam_commit where realm = ? order by realm, revision limit 1),
       (select revision from ipam_commit where realm = ? order by realm desc, revision desc limit 1);

-- Stamps never decrease, so this reads only commits that will be deleted, and the next one.
-- name: firstNewer
select revision from ipam_commit
where realm = ? and revision >= ? and revision < ? and stamp > ? order by realm, revision limit 1;

-- The first commit that is kept must exist.
-- name: trimCommits
delete from ipam_commit
where realm = ? and revision >= ? and revision < ?
  and exists (select 1 from ipam_commit where realm = ? and revision = ?);
