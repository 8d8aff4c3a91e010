package io.ipam.tables;

import static java.util.Objects.requireNonNull;

import io.ipam.allocation.PoolAddresses;
import io.ipam.pool.Pool;

/**
 * A pool as a map with a cell for each address, or for each block of addresses if there are too
 * many. A block is a prefix; all blocks of a map have one length.
 *
 * <pre>
 * pool blue-v4, 10.6.0.0/16: one character is one address
 * 10.6.1.0   x#####~. ........ ........ ......RR
 * 10.6.1.32  ........ ........ ........ sssssss#
 *
 * #  held          6
 * ~  cooling       1
 * R  reserved      2
 * s  free static   7
 * .  free         47
 * x  excluded      1
 * </pre>
 *
 * <p>The cell of a block has the symbol of a state if all addresses of the pool in the block are in
 * that state. Otherwise its symbol is a digit, the number of tenths of them that are held, rounded
 * down, or {@code :} if none is held. Excluded addresses affect the symbol only of a block without
 * addresses of the pool. A blank is for addresses that the pool does not list; a row of blanks is
 * omitted.
 *
 * <p>Cost: O(ranges) to make; then 32 cells for each row, O(log ranges) for each cell, regardless
 * of the number of addresses. The SVG has at most about 500 characters for each cell. Thread
 * safety: immutable.
 */
public final class PoolMap {
    /** The number of rows of a map, unless the caller states another one. */
    public static final int DEFAULT_ROWS = 32;

    private static final int MOST_ROWS = 1024;

    private final Pool pool;
    private final MapGrid grid;
    private final MapLegend legend;

    private PoolMap(PoolAddresses addresses, int maxRows) {
        pool = addresses.pool();
        StateSets sets = new StateSets(addresses);
        grid = MapGrid.of(pool.listed(), sets, maxRows);
        legend = MapLegend.of(grid, sets.countAll());
    }

    /** {@return a map of at most {@value #DEFAULT_ROWS} rows} */
    public static PoolMap of(PoolAddresses addresses) {
        return of(addresses, DEFAULT_ROWS);
    }

    /**
     * Makes a map with the smallest blocks that need at most a number of rows.
     *
     * @param addresses the addresses of the pool by state
     * @param maxRows the maximum number of rows, 1 to 1,024
     * @return the map
     */
    public static PoolMap of(PoolAddresses addresses, int maxRows) {
        requireNonNull(addresses, "addresses");
        if (maxRows < 1 || maxRows > MOST_ROWS) {
            throw new IllegalArgumentException("maxRows must be from 1 to " + MOST_ROWS + ", was " + maxRows);
        }
        return new PoolMap(addresses, maxRows);
    }

    /** {@return the map and its legend as lines of text, each ended by a line feed} */
    public String text() {
        return new TextMap(pool, grid, legend).text();
    }

    /**
     * {@return the map and its legend as an SVG element} It is a complete document, and can be part
     * of an HTML page. It has no script, style sheet, identifier, or reference. Each state has its
     * own shape. The colors have contrast on white and on black; text has the color of the page.
     */
    public String svg() {
        return new SvgMap(pool, grid, legend).svg();
    }
}
