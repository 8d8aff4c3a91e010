package io.ipam.proof;

/**
 * The calls of tests to an engine with few pools. Their numbers are those of {@link SmallWorld}.
 * Results are texts with everything that the caller learns. A token is compared only for equality,
 * so the text states whether it is the first one.
 *
 * <p>Initially owner 0 holds a1 for eth0 under the first token.
 */
interface Calls {
    /** Allocates for a request of {@link SmallWorld}. */
    String ask(int who, int request);

    /** Allocates a given address for eth0 from pool a or b. */
    String given(int who, int address);

    /** Releases all addresses of an owner. */
    String release(int who);

    /** Releases one interface. */
    String releaseInterface(int who, String interfaceName);

    /** Releases one address held under the first token, or under an unassigned one. */
    String releaseAddress(int who, int address, boolean first);

    /** Hands all addresses of the stateful owner over from one incarnation to another. */
    String handOver(int from, int to);

    /** Publishes another catalog. */
    String swap(int from, int to, boolean force);

    /** The counts of a pool. */
    String usage(String pool);

    /** All allocations, in one cut. */
    String export();

    /** Restores an empty state. */
    String wipe();
}
