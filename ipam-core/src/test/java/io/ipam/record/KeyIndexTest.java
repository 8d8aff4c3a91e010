package io.ipam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.number.Hashes;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An index against an array of booleans, with keys that cluster at few first entries. */
class KeyIndexTest {
    private static final int ROWS = 90;
    private static final int ENTRIES = ROWS + ROWS / 4 + 1;
    private static final long SEED = 5;

    /**
     * Keys whose probes begin at one of {@code homes} neighbouring entries, half of them before the
     * end of the array.
     */
    private static List<Long> crowded(int homes) {
        List<Long> keys = new ArrayList<>();
        for (long key = 0; keys.size() < ROWS; key++) {
            long home = (Hashes.ofNumber(0, key, SEED) >>> 32) * ENTRIES >>> 32;
            if ((home + homes / 2) % ENTRIES < homes) {
                keys.add(key);
            }
        }
        return keys;
    }

    /**
     * One long cluster around the end of the array, with distances below, at, and above those that
     * an entry can store.
     */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40, ENTRIES})
    void find_clusterOverTheEnd_findsItsEntries(int homes) {
        KeyColumn column = new KeyColumn(0, 0, 64, ROWS);
        KeyIndex index = new KeyIndex(column, ROWS, SEED);
        List<Long> keys = crowded(homes);
        for (int row = 0; row < ROWS; row++) {
            column.set(row, 0, keys.get(row));
        }
        boolean[] present = new boolean[ROWS];
        Random random = new Random(homes);
        for (int step = 0; step < 1_500; step++) {
            int row = random.nextInt(ROWS);
            if (present[row]) {
                index.remove(row);
            } else {
                index.add(row);
            }
            present[row] = !present[row];
            for (int i = 0; i < ROWS; i++) {
                assertEquals(present[i] ? i : KeyIndex.NONE, index.find(0, keys.get(i)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 17})
    void add_capacityReached_everyRowIsFound(int capacity) {
        KeyColumn column = new KeyColumn(7, 0, 32, capacity);
        KeyIndex index = new KeyIndex(column, capacity, SEED);
        assertEquals(KeyIndex.NONE, index.find(7, 0));
        for (int row = 0; row < capacity; row++) {
            column.set(row, 7, row * 256L);
            index.add(row);
        }
        for (int row = 0; row < capacity; row++) {
            assertEquals(row, index.find(7, row * 256L));
            assertEquals(KeyIndex.NONE, index.find(8, row * 256L));
        }
        assertEquals(KeyIndex.NONE, index.find(7, 1));
    }

    /** A secret seed determines which keys collide. */
    @Test
    void find_keysThatCollideUnderAnotherSeed_areSpread() {
        List<Long> keys = crowded(1);
        long places = keys.stream()
                .map(key -> (Hashes.ofNumber(0, key, SEED + 1) >>> 32) * ENTRIES >>> 32)
                .distinct()
                .count();
        assertTrue(places > ENTRIES / 3, places + " first entries for " + keys.size() + " keys");
    }
}
