/** Binds the counters and pool measures of io.ipam.core to Micrometer. */
module io.ipam.micrometer {
    requires transitive io.ipam.core;
    requires transitive micrometer.core;
    requires static org.jspecify;

    exports io.ipam.micrometer;
}
