package io.ipam.pool;

import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * The search for the name that is most similar to a misspelt one. The measure is the number of
 * characters to insert, delete, or replace.
 *
 * <p>Cost: O(length) per name of about the same length. A name is dropped as soon as its distance
 * exceeds the best one so far. Thread safety: none.
 */
final class NearestName {
    private static final int MOST_CHANGES = 3;

    private final String misspelt;
    /** The distances of a row: entry {@code i} is at column {@code row - bound + i}. */
    private final int[] row = new int[2 * MOST_CHANGES + 1];

    private int bound;
    private @Nullable String nearest;

    NearestName(String misspelt) {
        this.misspelt = misspelt;
        bound = Math.min(MOST_CHANGES, misspelt.length() / 3);
    }

    /**
     * The nearest of some names, the first one of several. Null if each needs more than {@value
     * #MOST_CHANGES} changes, or more changes than a third of the misspelt characters.
     */
    @Nullable
    String among(Collection<Pool> pools) {
        for (Pool pool : pools) {
            int distance = bound < 0 ? 0 : distance(pool.name());
            if (distance <= bound) {
                nearest = pool.name();
                bound = distance - 1;
            }
        }
        return nearest;
    }

    /** The distance of a name if it is within the bound, otherwise a greater number. */
    private int distance(String name) {
        if (Math.abs(name.length() - misspelt.length()) > bound) {
            return bound + 1;
        }
        int from = 0;
        int shorter = Math.min(name.length(), misspelt.length());
        while (from < shorter && name.charAt(from) == misspelt.charAt(from)) {
            from++;
        }
        return distance(name, from);
    }

    /** The distance of the parts after an equal start, from the columns within the bound only. */
    private int distance(String name, int from) {
        int rows = misspelt.length() - from;
        int columns = name.length() - from;
        Arrays.setAll(row, i -> i < bound ? bound + 1 : i - bound);
        for (int at = 1; at <= rows; at++) {
            if (!isWithinBound(name, from, at, columns)) {
                return bound + 1;
            }
        }
        return row[columns - rows + bound];
    }

    /** Computes the next row; returns whether a distance in it is within the bound. */
    private boolean isWithinBound(String name, int from, int at, int columns) {
        char wanted = misspelt.charAt(from + at - 1);
        int least = bound + 1;
        for (int i = 0; i <= 2 * bound; i++) {
            int column = at - bound + i;
            if (column < 0 || column > columns) {
                row[i] = bound + 1;
                continue;
            }
            int replaced = column == 0 ? bound + 1 : row[i] + (wanted == name.charAt(from + column - 1) ? 0 : 1);
            int deleted = i == 2 * bound ? bound + 1 : row[i + 1] + 1;
            int inserted = i == 0 ? bound + 1 : row[i - 1] + 1;
            row[i] = Math.min(replaced, Math.min(deleted, inserted));
            least = Math.min(least, row[i]);
        }
        return least <= bound;
    }
}
