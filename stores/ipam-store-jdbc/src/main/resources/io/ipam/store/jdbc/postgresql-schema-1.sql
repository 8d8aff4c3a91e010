-- The tables of ipam, version 1, for PostgreSQL 13 or later. Running this file again has no effect.
select pg_advisory_xact_lock(4919131752989213764);

create table if not exists ipam_schema (
    version integer not null
);

-- One row for each realm: its settings.
create table if not exists ipam_realm (
    realm     text collate "C" primary key,
    format    integer not null,
    cool_down bigint not null,              -- milliseconds
    phase     text collate "C" not null     -- LOADING or OPEN
);

-- The log. The row with the highest revision is the head of the realm.
create table if not exists ipam_commit (
    realm           text collate "C" not null,
    revision        bigint not null,
    id_process      bigint not null,
    id_sequence     bigint not null,
    last_generation bigint not null,
    held            bigint not null,        -- the number of rows of ipam_address
    stamp           bigint not null,        -- milliseconds since 1970
    changes         text not null,          -- JSON
    primary key (realm, revision)
);

-- One row for each held address. The owner is null if it is not known.
create table if not exists ipam_address (
    realm      text collate "C" not null,
    address    text collate "C" not null,
    pool       text collate "C" not null,
    stateful   boolean,
    namespace  text collate "C",
    owner      text collate "C",
    uid        text collate "C",
    interface  text collate "C" not null,
    generation bigint not null,
    note       text not null,
    primary key (realm, address)
);

-- The realm is last, so that no statement that names only the realm and the address uses this index.
create index if not exists ipam_address_owner on ipam_address (namespace, owner, realm);

-- Released addresses. A row of ipam_address with the same address takes precedence.
create table if not exists ipam_cooling (
    realm       text collate "C" not null,
    address     text collate "C" not null,
    pool        text collate "C" not null,
    stateful    boolean not null,
    namespace   text collate "C" not null,
    owner       text collate "C" not null,
    uid         text collate "C" not null,
    released_at bigint not null,            -- milliseconds since 1970
    primary key (realm, address)
);

create table if not exists ipam_pool (
    realm      text collate "C" not null,
    name       text collate "C" not null,
    detached   boolean not null,
    closed     boolean not null,
    definition text collate "C" not null,   -- JSON
    primary key (realm, name)
);

create table if not exists ipam_reserved (
    realm      text collate "C" not null,
    name       text collate "C" not null,
    definition text collate "C" not null,   -- JSON
    primary key (realm, name)
);

insert into ipam_schema (version) select 1 where not exists (select 1 from ipam_schema);
