package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class NameOrderTest {

    @Property(tries = 2000)
    void compare_anyNames_equalsUtf8Order(@ForAll("names") String left, @ForAll("names") String right) {
        int expected =
                Arrays.compareUnsigned(left.getBytes(StandardCharsets.UTF_8), right.getBytes(StandardCharsets.UTF_8));
        assertEquals(
                Integer.signum(expected), Integer.signum(PoolCatalog.nameOrder().compare(left, right)));
    }

    @Example
    void compare_supplementaryCharacters_differsFromStringOrder() {
        assertTrue("\ud83d\ude00".compareTo("\uffee") < 0);
        assertTrue(PoolCatalog.nameOrder().compare("\ud83d\ude00", "\uffee") > 0);
    }

    /** Whole code points, so that no lone surrogate is generated. */
    @Provide
    Arbitrary<String> names() {
        return Arbitraries.of("a", "b", "\u00e9", "\ud7ff", "\ue000", "\uffee", "\ud800\udc00", "\ud83d\ude00")
                .list()
                .ofMaxSize(4)
                .map(parts -> String.join("", parts));
    }
}
