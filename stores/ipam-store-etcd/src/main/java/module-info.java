/** Keeps the state of an Ipam in etcd over gRPC. */
module io.ipam.store.etcd {
    requires transitive io.ipam.core;
    requires transitive io.grpc;
    requires io.grpc.stub;
    requires io.ipam.annotations;
    requires static org.jspecify;

    exports io.ipam.store.etcd;
}
