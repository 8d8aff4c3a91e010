/** Keeps the state of an Ipam in etcd over gRPC. */
module io.ipam.store.etcd {
    requires transitive io.ipam.core;
    requires transitive io.grpc;
    requires io.grpc.stub;
    requires io.ipam.annotations;
    // A part of Guava, which gRPC needs: an automatic module cannot require it.
    requires com.google.common.util.concurrent.internal;
    requires static org.jspecify;

    exports io.ipam.store.etcd;
}
