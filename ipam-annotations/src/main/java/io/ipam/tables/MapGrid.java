package io.ipam.tables;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The rows of a map, each of {@value #COLUMNS} cells. A cell is a prefix; all cells have one
 * length. Rows without listed addresses are omitted.
 *
 * <p>Cost: O(log ranges) for each cell. Thread safety: immutable.
 *
 * @param cellBits the number of address bits in which the addresses of a cell differ
 * @param rows the rows, ascending
 */
record MapGrid(int cellBits, List<Row> rows) {
    static final int COLUMNS = 32;
    private static final int COLUMN_BITS = 5;

    /**
     * One row.
     *
     * @param range its addresses
     * @param isAfterGap whether rows before this one are omitted
     * @param cells its cells, ascending
     */
    record Row(Prefix range, boolean isAfterGap, List<Cell> cells) {}

    /**
     * One cell.
     *
     * @param range its addresses
     * @param counts the listed ones by state
     */
    record Cell(Prefix range, StateCounts counts) {}

    /** The grid with the smallest cells for which the number of rows is at most {@code maxRows}. */
    static MapGrid of(AddressSet listed, StateSets sets, int maxRows) {
        int bits = listed.family().bits();
        int cellBits = 0;
        List<Prefix> ranges = ranges(listed, bits - COLUMN_BITS, maxRows);
        while (ranges.size() > maxRows) {
            cellBits++;
            ranges = ranges(listed, bits - COLUMN_BITS - cellBits, maxRows);
        }
        return new MapGrid(cellBits, rows(ranges, bits - cellBits, sets));
    }

    /** The prefixes with listed addresses; one more than the limit if there are more. */
    private static List<Prefix> ranges(AddressSet listed, int length, int limit) {
        List<Prefix> ranges = new ArrayList<>();
        Optional<Address> next = listed.first();
        while (next.isPresent() && ranges.size() <= limit) {
            Prefix range = Prefix.masked(next.get(), length);
            ranges.add(range);
            next = range.last().isLast()
                    ? Optional.empty()
                    : AddressCount.ceiling(listed, range.last().next());
        }
        return ranges;
    }

    private static List<Row> rows(List<Prefix> ranges, int cellLength, StateSets sets) {
        List<Row> rows = new ArrayList<>();
        for (int i = 0; i < ranges.size(); i++) {
            Prefix range = ranges.get(i);
            boolean isAfterGap = i > 0 && !ranges.get(i - 1).last().next().equals(range.first());
            rows.add(new Row(range, isAfterGap, cells(range, cellLength, sets)));
        }
        return rows;
    }

    private static List<Cell> cells(Prefix row, int length, StateSets sets) {
        List<Cell> cells = new ArrayList<>(COLUMNS);
        Address first = row.first();
        while (cells.size() < COLUMNS) {
            Prefix range = Prefix.masked(first, length);
            cells.add(new Cell(range, sets.countIn(range.range())));
            first = cells.size() < COLUMNS ? range.last().next() : first;
        }
        return List.copyOf(cells);
    }
}
