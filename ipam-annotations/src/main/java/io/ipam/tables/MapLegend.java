package io.ipam.tables;

import io.ipam.pool.Pool;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * The legend of a map.
 *
 * @param totals the addresses of each state
 * @param entries the symbols that occur in the map or have a count
 */
record MapLegend(StateCounts totals, List<Entry> entries) {
    /** A block of more bits is stated as a power of two. */
    private static final int MOST_SPELLED_BITS = 20;

    /**
     * One symbol.
     *
     * @param symbols the symbol, or a range of digits
     * @param label its meaning
     * @param count the number of addresses, empty for a mixture
     */
    record Entry(String symbols, String label, String count) {}

    static MapLegend of(MapGrid grid, StateCounts totals) {
        List<Entry> entries = new ArrayList<>();
        for (AddressState state : totals.present()) {
            entries.add(new Entry(
                    String.valueOf(state.symbol()),
                    state.label(),
                    totals.of(state).toString()));
        }
        String symbols = symbols(grid);
        if (symbols.chars().anyMatch(Character::isDigit)) {
            entries.add(new Entry("0-9", "partly held, in tenths", ""));
        }
        if (symbols.indexOf(StateCounts.NONE_HELD) >= 0) {
            entries.add(new Entry(String.valueOf(StateCounts.NONE_HELD), "mixed, none held", ""));
        }
        return new MapLegend(totals, entries);
    }

    private static String symbols(MapGrid grid) {
        StringBuilder symbols = new StringBuilder();
        grid.rows()
                .forEach(row ->
                        row.cells().forEach(cell -> symbols.append(cell.counts().symbol())));
        return symbols.toString();
    }

    /** {@code one address}, or {@code a /26 block of 64 addresses}. */
    static String cellSize(Pool pool, MapGrid grid) {
        int bits = grid.cellBits();
        if (bits == 0) {
            return "one address";
        }
        String count =
                bits <= MOST_SPELLED_BITS ? BigInteger.ONE.shiftLeft(bits).toString() : "2^" + bits;
        return "a /" + (pool.family().bits() - bits) + " block of " + count + " addresses";
    }
}
