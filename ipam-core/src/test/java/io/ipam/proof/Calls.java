package io.ipam.proof;

/**
 * What is called of an engine with few pools, in small numbers: {@link SmallWorld} says what they
 * stand for. Answers are texts in which all that the caller learns shows; of tokens, which are
 * compared for equality only, whether it is the first one.
 *
 * <p>In the beginning the owner 0 holds a1 for eth0 under the first token.
 */
interface Calls {
    /** Allocates what a wish says. */
    String ask(int who, int wish);

    /** Allocates a given address for eth0 from pool a or b. */
    String given(int who, int address);

    /** Releases everything. */
    String release(int who);

    /** Releases one interface. */
    String releaseInterface(int who, String interfaceName);

    /** Releases one address held under the first token, or under one that nobody has. */
    String releaseAddress(int who, int address, boolean first);

    /** Hands everything that the stateful owner holds over from one incarnation to another. */
    String handOver(int from, int to);

    /** Puts another catalog in force. */
    String swap(int from, int to, boolean force);

    /** The counts of a pool. */
    String usage(String pool);

    /** Everything held, in one cut. */
    String export();

    /** Restores a state in which nothing is held. */
    String wipe();
}
