package io.ipam.engine;

import io.ipam.record.OwnerTable;

/** A table at its bound: it simulates a lack of memory. */
final class FullTable {
    static final int BOUND = (1 << 27) - 1;

    private FullTable() {}

    /** Runs with the size of a table at its bound. */
    static void during(Object table, Runnable body) {
        try {
            var size = table.getClass().getDeclaredField("size");
            size.setAccessible(true);
            int right = size.getInt(table);
            size.setInt(table, BOUND);
            try {
                body.run();
            } finally {
                size.setInt(table, right);
            }
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }

    /** The table of the lists of all owners. */
    static Object listsOf(OwnerTable owners) {
        try {
            var lists = OwnerTable.class.getDeclaredField("lists");
            lists.setAccessible(true);
            return lists.get(owners);
        } catch (ReflectiveOperationException e) {
            throw new AssertionError(e);
        }
    }
}
