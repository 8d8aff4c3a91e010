package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.pool.Pool;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class DefinitionsTest {
    private static Definition definition(String name) {
        Pool pool = Pool.builder(name, "10.0.0.0/24").build();
        return new Definition(Ledgers.small("x"), pool, pool.addresses(), false);
    }

    /** Every version stays what it was. */
    @Property(tries = 50)
    void behavesAsACopiedMap(@ForAll long seed) {
        Random random = new Random(seed);
        List<Definitions> versions = new ArrayList<>(List.of(Definitions.EMPTY));
        List<Map<String, Definition>> models = new ArrayList<>(List.of(Map.of()));
        int names = 1 + random.nextInt(200);
        for (int step = 0; step < 30; step++) {
            int from = random.nextInt(versions.size());
            Definitions.Draft draft = versions.get(from).draft();
            Map<String, Definition> model = new HashMap<>(models.get(from));
            for (int i = random.nextInt(2 * names); i > 0; i--) {
                String name = "pool-" + random.nextInt(names);
                if (random.nextInt(4) == 0) {
                    draft.remove(name);
                    model.remove(name);
                } else {
                    Definition definition = definition(name);
                    draft.put(definition);
                    model.put(name, definition);
                }
            }
            versions.add(draft.done());
            models.add(model);
        }
        for (int i = 0; i < versions.size(); i++) {
            assertSame(models.get(i), versions.get(i), names);
        }
    }

    /** Neither does a bucket grow with the number of pools, nor are there many for few. */
    @Test
    void bucketsStaySmall() throws ReflectiveOperationException {
        var field = Definitions.class.getDeclaredField("buckets");
        field.setAccessible(true);
        Definitions definitions = Definitions.EMPTY;
        for (int size = 500; size <= 10_000; size += 500) {
            Definitions.Draft draft = definitions.draft();
            for (int i = size - 500; i < size; i++) {
                draft.put(definition("pool-" + i));
            }
            definitions = draft.done();
            Definition[][] buckets = (Definition[][]) field.get(definitions);
            assertTrue(buckets.length >= size / 8 && buckets.length <= size / 2, size + " in " + buckets.length);
            assertTrue(Arrays.stream(buckets).allMatch(bucket -> bucket.length <= 24));
        }
    }

    private static void assertSame(Map<String, Definition> model, Definitions actual, int names) {
        assertEquals(model.size(), actual.size());
        for (int i = 0; i < names; i++) {
            assertSameOrNull(model.get("pool-" + i), actual.get("pool-" + i));
        }
        assertNull(actual.get("no-pool"));
        Set<Definition> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        actual.forEach(definition -> assertTrue(seen.add(definition)));
        assertEquals(model.size(), seen.size());
    }

    private static void assertSameOrNull(Definition expected, Definition actual) {
        if (expected == null) {
            assertNull(actual);
        } else {
            org.junit.jupiter.api.Assertions.assertSame(expected, actual);
        }
    }
}
