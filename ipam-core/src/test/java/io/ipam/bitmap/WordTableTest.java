package io.ipam.bitmap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A HashMap as the model, while the table grows and shrinks. */
class WordTableTest {
    private record Key(long high, long low) {}

    private final Map<Key, Long> model = new HashMap<>();
    private final SplittableRandom random = new SplittableRandom(3);

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void changes_anySequence_agreeWithModel(boolean wide) {
        WordTable table = new WordTable(wide);
        List<Key> keys = new ArrayList<>();
        for (int most : new int[] {1, 5, 40, 3, 200, 0, 2000, 17, 300, 0}) {
            while (keys.size() < most) {
                keys.add(insert(table, key(wide)));
                table.verify();
            }
            while (keys.size() > most) {
                remove(table, keys.remove(random.nextInt(keys.size())));
                table.verify();
            }
            assertHolds(table);
            assertHolds(new WordTable(table));
        }
    }

    /** Some of them are neighbours. */
    private Key key(boolean wide) {
        Key key;
        do {
            long low = random.nextBoolean() ? random.nextInt(4000) : random.nextLong();
            key = new Key(wide ? random.nextLong(4) : 0, low);
        } while (model.containsKey(key));
        return key;
    }

    private Key insert(WordTable table, Key key) {
        int slot = table.find(key.high, key.low);
        assertTrue(slot < 0);
        long word = random.nextLong() | 1;
        table.insert(~slot, key.high, key.low, word);
        model.put(key, word);
        return key;
    }

    private void remove(WordTable table, Key key) {
        model.remove(key);
        table.remove(table.find(key.high, key.low));
        assertEquals(0, table.get(key.high, key.low));
    }

    private void assertHolds(WordTable table) {
        table.verify();
        assertEquals(model.size(), table.count());
        model.forEach((key, word) -> assertEquals(word, table.get(key.high, key.low)));
        assertTrue(table.end() / table.step() <= 4 + 4 * model.size(), () -> "too large: " + table.end());
    }
}
