/** Metrics of requests and pools of an Ipam for Micrometer. */
module io.ipam.micrometer {
    requires transitive io.ipam.core;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports io.ipam.micrometer;
}
