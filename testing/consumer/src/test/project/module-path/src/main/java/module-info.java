/** A module that requires every published module of ipam. */
module consumer {
    requires io.ipam.annotations;
    requires io.ipam.core;
    requires io.ipam.micrometer;
    requires io.ipam.store.etcd;
    requires io.ipam.store.jdbc;
    requires io.ipam.store.testkit;
}
