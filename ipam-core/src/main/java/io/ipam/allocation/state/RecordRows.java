package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growable array of records: owner, interface, generation.
 *
 * <p>Layout: owner and interface of row i are the references 2i and 2i + 1, so that one line of the cache has both; the
 * generation is a column of its own. An empty row has no owner; it keeps its interface text, for a reference that stays as it is
 * needs no barrier of the collector.
 *
 * <p>Cost: 16 B per row, 0 B but for growth; the arrays are never cut. Thread safety: none, the ledger's lock guards it.
 */
final class RecordRows {
    private static final @Nullable Object[] NO_TEXTS = {};
    private static final long[] NO_GENERATIONS = {};

    private @Nullable Object[] ownersAndInterfaces = NO_TEXTS;
    private long[] generations = NO_GENERATIONS;

    /** How many rows there is room for. */
    int capacity() {
        return generations.length;
    }

    /** Makes room for so many rows. */
    void resize(int capacity) {
        ownersAndInterfaces = Arrays.copyOf(ownersAndInterfaces, 2 * capacity);
        generations = Arrays.copyOf(generations, capacity);
    }

    boolean isUsed(int row) {
        return ownersAndInterfaces[2 * row] != null;
    }

    void put(int row, Owner owner, String interfaceName, long generation) {
        ownersAndInterfaces[2 * row] = owner;
        if (ownersAndInterfaces[2 * row + 1] != interfaceName) {
            ownersAndInterfaces[2 * row + 1] = interfaceName;
        }
        generations[row] = generation;
    }

    /** Empties a row. Its generation is written too: the line of the cache will be there when the row is put again. */
    void clear(int row) {
        ownersAndInterfaces[2 * row] = null;
        generations[row] = 0;
    }

    /** Keeps a number in an empty row, in place of the generation. */
    void keep(int emptyRow, long number) {
        generations[emptyRow] = number;
    }

    /** The owner of a row, null of an empty one. */
    @Nullable
    Owner owner(int row) {
        return (Owner) ownersAndInterfaces[2 * row];
    }

    String interfaceName(int row) {
        Object name = ownersAndInterfaces[2 * row + 1];
        if (name == null || !isUsed(row)) {
            throw new IllegalStateException("row " + row + " is empty");
        }
        return (String) name;
    }

    long generation(int row) {
        return generations[row];
    }

    /** The rows below {@code length} in arrays of their own. */
    RecordRows copy(int length) {
        RecordRows copy = new RecordRows();
        copy.ownersAndInterfaces = Arrays.copyOf(ownersAndInterfaces, 2 * length);
        copy.generations = Arrays.copyOf(generations, length);
        return copy;
    }
}
