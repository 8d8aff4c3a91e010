package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one decision, in the order in which they are to be applied: all of them, or none.
 *
 * <p>Columns that are used again by the next decision under the same stripe. Thread safety: none, the stripe's lock guards it.
 */
public final class ChangeSet {
    /** What happens to an address. */
    enum Kind {
        /** Free or cooling, then held. */
        GRANT,
        /** Held, then held by another incarnation or for an interface that is known now. */
        RENEW,
        /** Held, then cooling or free. */
        RELEASE
    }

    private static final int FIRST_CAPACITY = 4;

    private Kind[] kinds = new Kind[FIRST_CAPACITY];
    private @Nullable Definition[] pools = new Definition[FIRST_CAPACITY];
    private @Nullable Owner[] owners = new Owner[FIRST_CAPACITY];
    private @Nullable String[] interfaceNames = new String[FIRST_CAPACITY];
    /** At 3i, 3i + 1 and 3i + 2: bits 127 to 64 and 63 to 0 of the address, the generation. */
    private long[] numbers = new long[3 * FIRST_CAPACITY];

    private int size;

    ChangeSet() {}

    /**
     * Grants an address that is free or cooling, or released by an earlier change.
     *
     * @param pool the pool
     * @param high bits 127 to 64 of the address
     * @param low bits 63 to 0 of it
     * @param owner who will hold it
     * @param interfaceName the interface
     * @param generation the new token
     */
    public void grant(Definition pool, long high, long low, Owner owner, String interfaceName, long generation) {
        add(Kind.GRANT, pool, high, low, owner, interfaceName, generation);
    }

    /**
     * Gives a record of the owner its present uid, an interface, a new token.
     *
     * @param record the record as it is
     * @param owner the owner as it is now
     * @param interfaceName the interface
     * @param generation the new token
     */
    public void renew(OwnedRecord record, Owner owner, String interfaceName, long generation) {
        add(
                Kind.RENEW,
                record.pool(),
                record.address().high(),
                record.address().low(),
                owner,
                interfaceName,
                generation);
    }

    /**
     * Releases a record of the owner.
     *
     * @param record the record as it is
     */
    public void release(OwnedRecord record) {
        add(
                Kind.RELEASE,
                record.pool(),
                record.address().high(),
                record.address().low(),
                record.owner(),
                record.interfaceName(),
                record.generation());
    }

    private void add(
            Kind kind, Definition pool, long high, long low, Owner owner, String interfaceName, long generation) {
        if (size == kinds.length) {
            grow(2 * size);
        }
        kinds[size] = kind;
        pools[size] = pool;
        owners[size] = owner;
        interfaceNames[size] = interfaceName;
        numbers[3 * size] = high;
        numbers[3 * size + 1] = low;
        numbers[3 * size + 2] = generation;
        size++;
    }

    private void grow(int capacity) {
        kinds = Arrays.copyOf(kinds, capacity);
        pools = Arrays.copyOf(pools, capacity);
        owners = Arrays.copyOf(owners, capacity);
        interfaceNames = Arrays.copyOf(interfaceNames, capacity);
        numbers = Arrays.copyOf(numbers, 3 * capacity);
    }

    /** Forgets everything, so that nothing is kept alive. */
    void clear() {
        Arrays.fill(pools, 0, size, null);
        Arrays.fill(owners, 0, size, null);
        Arrays.fill(interfaceNames, 0, size, null);
        size = 0;
    }

    int size() {
        return size;
    }

    Kind kind(int index) {
        return kinds[index];
    }

    Definition pool(int index) {
        return present(pools[index]);
    }

    Owner owner(int index) {
        return present(owners[index]);
    }

    String interfaceName(int index) {
        return present(interfaceNames[index]);
    }

    long high(int index) {
        return numbers[3 * index];
    }

    long low(int index) {
        return numbers[3 * index + 1];
    }

    long generation(int index) {
        return numbers[3 * index + 2];
    }

    private static <T> T present(@Nullable T value) {
        if (value == null) {
            throw new IllegalStateException("no change there");
        }
        return value;
    }
}
