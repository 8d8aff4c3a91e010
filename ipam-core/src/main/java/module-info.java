/** Allocates IP addresses from pools to workloads, in memory or over a store. */
module io.ipam.core {
    requires transitive inet.ipaddr;
    requires static org.jspecify;

    exports io.ipam;
    exports io.ipam.address;
    exports io.ipam.allocation;
    exports io.ipam.owner;
    exports io.ipam.pool;
    exports io.ipam.problem;
    exports io.ipam.range;
    exports io.ipam.resolution;
    exports io.ipam.store;
    exports io.ipam.subnet;
}
