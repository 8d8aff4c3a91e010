/** Keeps the state of an Ipam in a database over JDBC. */
module io.ipam.store.jdbc {
    requires transitive io.ipam.core;
    requires transitive java.sql;
    requires io.ipam.annotations;
    requires static org.jspecify;

    exports io.ipam.store.jdbc;
}
