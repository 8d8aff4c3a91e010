package io.ipam.store.jdbc;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that one statement inserts or deletes, as columns of one SQL type each. Thread safety: none.
 */
final class Rows {
    private final List<String> types;
    private final List<@Nullable Object[]> rows = new ArrayList<>();

    Rows(String... types) {
        this.types = List.of(types);
    }

    void add(@Nullable Object... values) {
        rows.add(values);
    }

    boolean isEmpty() {
        return rows.isEmpty();
    }

    int count() {
        return rows.size();
    }

    /** The SQL type of each column. */
    List<String> types() {
        return types;
    }

    List<@Nullable Object[]> rows() {
        return rows;
    }

    /** The values of a column. */
    @Nullable
    Object[] column(int index) {
        return rows.stream().map(row -> row[index]).toArray();
    }

    /** Orders the rows by the first column, so that all writers lock them in one order. */
    void sort() {
        rows.sort((left, right) -> String.valueOf(left[0]).compareTo(String.valueOf(right[0])));
    }
}
