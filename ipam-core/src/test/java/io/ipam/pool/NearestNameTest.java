package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.ProcessorTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

/** {@link PoolCatalog#nearestName} against the textbook distance. */
class NearestNameTest {

    private static PoolCatalog catalog(Iterable<String> names) {
        List<Pool> pools = new ArrayList<>();
        for (String name : names) {
            int number = pools.size();
            pools.add(Pool.builder(name, "10." + number / 256 + "." + number % 256 + ".0/24")
                    .build());
        }
        return PoolCatalog.of(pools, List.of());
    }

    private static int distance(String one, String other) {
        int[][] table = new int[one.length() + 1][other.length() + 1];
        for (int i = 0; i <= one.length(); i++) {
            for (int j = 0; j <= other.length(); j++) {
                if (i == 0 || j == 0) {
                    table[i][j] = i + j;
                    continue;
                }
                int replaced = table[i - 1][j - 1] + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                table[i][j] = Math.min(replaced, 1 + Math.min(table[i - 1][j], table[i][j - 1]));
            }
        }
        return table[one.length()][other.length()];
    }

    private static Optional<String> nearest(String misspelt, Set<String> names) {
        int bound = Math.min(3, misspelt.length() / 3);
        Optional<String> best = Optional.empty();
        for (String name : new TreeSet<>(names)) {
            int distance = distance(misspelt, name);
            if (distance <= bound) {
                best = Optional.of(name);
                bound = distance - 1;
            }
        }
        return best;
    }

    @Property(tries = 2_000)
    void nearestName_anyNames_hasTheLeastDistance(
            @ForAll @StringLength(max = 12) @CharRange(from = 'a', to = 'c') String misspelt,
            @ForAll @Size(max = 8)
                    Set<@StringLength(min = 1, max = 12) @CharRange(from = 'a', to = 'c') String> names) {
        assertEquals(nearest(misspelt, names), catalog(names).nearestName(misspelt));
    }

    @Test
    void nearestName_oneCharacterOff_isFound() {
        PoolCatalog catalog = catalog(List.of("black-v4", "blue-v4", "blue-v6", "red-v4"));
        assertEquals(Optional.of("blue-v4"), catalog.nearestName("bleu-v4"));
        assertEquals(Optional.of("black-v4"), catalog.nearestName("blacck-v4"));
        assertEquals(Optional.of("red-v4"), catalog.nearestName("ed-v4"));
        assertEquals(Optional.empty(), catalog.nearestName("green-v4"));
        assertEquals(Optional.empty(), catalog.nearestName("\uD83D\uDE00"));
        assertEquals(Optional.empty(), catalog.nearestName("re"));
        assertEquals(Optional.empty(), catalog.nearestName(""));
    }

    /** Names with a common start and a misspelt name of a megabyte. */
    @Test
    void nearestName_tenThousandPools_isCheap() {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            names.add("tenant-pool-" + (10_000 + i) + "-v4");
        }
        PoolCatalog catalog = catalog(names);
        assertEquals(Optional.of("tenant-pool-10000-v4"), catalog.nearestName("tenant-pool-1000-v4"));
        long millis = ProcessorTime.millisOf(() -> {
            for (int i = 0; i < 100; i++) {
                assertTrue(catalog.nearestName("tenant-pool-1x" + (100 + i) + "-v4")
                        .isPresent());
                assertTrue(catalog.nearestName("tenant-pool-1".repeat(80_000)).isEmpty());
            }
        });
        assertTrue(millis < 2_000, () -> millis + " ms of processor time");
    }
}
