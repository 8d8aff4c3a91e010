/** The guarantees of a store as JUnit tests, a history checker, and a fuzzer. */
module io.ipam.store.testkit {
    requires transitive io.ipam.core;
    requires transitive org.junit.jupiter.api;
    requires static org.jspecify;

    exports io.ipam.store.testkit;
}
