-- The tables of ipam, version 1, for H2 2.2 or later. Running this file again has no effect.
create table if not exists ipam_schema (
    version integer not null
);

-- One row for each realm: its settings.
create table if not exists ipam_realm (
    realm     character varying primary key,
    format    integer not null,
    cool_down bigint not null,              -- milliseconds
    phase     character varying not null     -- LOADING or OPEN
);

-- The log. The row with the highest revision is the head of the realm.
create table if not exists ipam_commit (
    realm           character varying not null,
    revision        bigint not null,
    id_process      bigint not null,
    id_sequence     bigint not null,
    last_generation bigint not null,
    held            bigint not null,        -- the number of rows of ipam_address
    stamp           bigint not null,        -- milliseconds since 1970
    changes         character varying not null,          -- JSON
    primary key (realm, revision)
);

-- One row for each held address. The owner is null if it is not known.
create table if not exists ipam_address (
    realm      character varying not null,
    address    character varying not null,
    pool       character varying not null,
    stateful   boolean,
    namespace  character varying,
    owner      character varying,
    uid        character varying,
    interface  character varying not null,
    generation bigint not null,
    note       character varying not null,
    primary key (realm, address)
);

-- The realm is last, so that no statement that names only the realm and the address uses this index.
create index if not exists ipam_address_owner on ipam_address (namespace, owner, realm);

-- Released addresses. A row of ipam_address with the same address takes precedence.
create table if not exists ipam_cooling (
    realm       character varying not null,
    address     character varying not null,
    pool        character varying not null,
    stateful    boolean not null,
    namespace   character varying not null,
    owner       character varying not null,
    uid         character varying not null,
    released_at bigint not null,            -- milliseconds since 1970
    primary key (realm, address)
);

create table if not exists ipam_pool (
    realm      character varying not null,
    name       character varying not null,
    detached   boolean not null,
    closed     boolean not null,
    definition character varying not null,   -- JSON
    primary key (realm, name)
);

create table if not exists ipam_reserved (
    realm      character varying not null,
    name       character varying not null,
    definition character varying not null,   -- JSON
    primary key (realm, name)
);

insert into ipam_schema (version) select 1 where not exists (select 1 from ipam_schema);
