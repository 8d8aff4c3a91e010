package io.ipam.store.jdbc;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One statement of a transaction.
 *
 * @param name the name of the statement in the SQL file
 * @param parameters the parameters before those of the rows
 * @param rows the rows that it inserts or deletes, if there are any
 * @param expected the number of rows that it must change, or {@link #ANY}
 */
record Step(String name, List<Object> parameters, @Nullable Rows rows, int expected) {
    static final int ANY = -1;

    /** A statement whose effect is not verified. */
    static Step of(String name, Object... parameters) {
        return new Step(name, List.of(parameters), null, ANY);
    }

    /** A statement that must change one row. */
    static Step guarded(String name, Object... parameters) {
        return new Step(name, List.of(parameters), null, 1);
    }

    /** Whether the statement changed the number of rows that it must change. */
    boolean accepts(int changed) {
        return expected == ANY || changed == expected;
    }
}
