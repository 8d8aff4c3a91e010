package io.ipam.allocation.state;

import io.ipam.allocation.Owner;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A growable array of records: owner, interface, generation.
 *
 * <p>Layout: a column each, for owner and generation; an empty row has no owner. Nearly all records of a pool are for interfaces of
 * one name: it is kept once, and a column of names is made for others when there are any.
 *
 * <p>Cost: 12 B per row, 16 B with names that differ, 0 B but for growth; the arrays are never cut. Thread safety: the ledger's lock
 * guards it, but for {@link #isOwner}, which says what it needs.
 */
final class RecordRows {
    private static final @Nullable Owner[] NO_OWNERS = {};
    private static final @Nullable String[] NO_NAMES = {};
    private static final long[] NO_GENERATIONS = {};

    /** Volatile for {@link #isOwner}. */
    private volatile @Nullable Owner[] owners = NO_OWNERS;

    private long[] generations = NO_GENERATIONS;
    /** Names that are not the usual one; empty while there are none. */
    private @Nullable String[] names = NO_NAMES;
    /** The name of the interface that was put first. */
    private @Nullable String usualName;

    /** How many rows there is room for. */
    int capacity() {
        return generations.length;
    }

    /** Makes room for so many rows. */
    void resize(int capacity) {
        if (names.length > 0) {
            names = Arrays.copyOf(names, capacity);
        }
        generations = Arrays.copyOf(generations, capacity);
        owners = Arrays.copyOf(owners, capacity);
    }

    boolean isUsed(int row) {
        return owners[row] != null;
    }

    void put(int row, Owner owner, String interfaceName, long generation) {
        if (names.length > 0 || !interfaceName.equals(usualName)) {
            putName(row, interfaceName);
        }
        owners[row] = owner;
        generations[row] = generation;
    }

    private void putName(int row, String interfaceName) {
        if (usualName == null) {
            usualName = interfaceName;
        } else if (names.length == 0) {
            names = new String[capacity()];
        }
        if (names.length > 0) {
            names[row] = interfaceName.equals(usualName) ? null : interfaceName;
        }
    }

    /** Empties a row. */
    void clear(int row) {
        owners[row] = null;
    }

    /** Keeps a number in an empty row, in place of the generation. */
    void keep(int emptyRow, long number) {
        generations[emptyRow] = number;
    }

    /**
     * Whether this is the owner of a row.
     *
     * <p>Thread safety: needs the ledger's lock, or that of the stripe of this owner when the row is named there. Then nobody changes
     * the row meanwhile, for that takes both; and the array that is seen here is not older than the row, for the row was written under
     * the stripe's lock: an array that took its place later was copied from it under the ledger's lock, and was filled before.
     */
    boolean isOwner(int row, Owner owner) {
        @Nullable Owner[] now = owners;
        Object is = row < now.length ? now[row] : null;
        return is == owner || (is != null && owner.isSameAs((Owner) is));
    }

    /** The owner of a row, null of an empty one. */
    @Nullable
    Owner owner(int row) {
        return owners[row];
    }

    String interfaceName(int row) {
        String name = names.length > 0 && names[row] != null ? names[row] : usualName;
        if (name == null || !isUsed(row)) {
            throw new IllegalStateException("row " + row + " is empty");
        }
        return name;
    }

    long generation(int row) {
        return generations[row];
    }

    /** The rows below {@code length} in arrays of their own. */
    RecordRows copy(int length) {
        RecordRows copy = new RecordRows();
        copy.owners = Arrays.copyOf(owners, length);
        copy.generations = Arrays.copyOf(generations, length);
        copy.names = names.length > 0 ? Arrays.copyOf(names, length) : NO_NAMES;
        copy.usualName = usualName;
        return copy;
    }
}
