package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Entry;
import io.ipam.store.UnstorableException;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The names of keys, their order, and the rule of realm names. */
class KeysTest {
    private static final Keys KEYS = Keys.of("/ipam", "default");

    @Test
    void keys_ofARealm_areAsDocumented() {
        Address six = Address.parse("2001:db8::5");
        assertEquals("/ipam/default/head", KEYS.head());
        assertEquals("/ipam/default/meta", KEYS.meta());
        assertEquals("/ipam/default/turn/", KEYS.turns());
        assertEquals("/ipam/default/log/00000000000000000042", KEYS.log(42));
        assertEquals("/ipam/default/a/10.6.0.7", KEYS.of(Facts.held(7, 1)));
        assertEquals(
                "/ipam/default/c/2001:db8::5",
                KEYS.of(new Entry.Cooling(six, "p", Owner.stateless("shop", "cart-0", "u"), 1)));
        assertEquals("/ipam/default/p/blue", KEYS.of(Facts.BLUE));
        assertEquals(
                "/ipam/default/r/infra",
                KEYS.of(new Entry.OfReserved(ReservedRange.parse("infra", six.family(), List.of("2001:db8::5")))));
    }

    @Property
    void log_anyRevisions_sortAsNumbersWithinTheRange(
            @ForAll @LongRange(min = 0) long first, @ForAll @LongRange(min = 0) long second) {
        assertEquals(
                Long.signum(Long.compare(first, second)),
                Integer.signum(KEYS.log(first).compareTo(KEYS.log(second))));
        assertTrue(KEYS.log(first).compareTo(KEYS.logEnd()) < 0);
        assertEquals(first, KEYS.revision(KEYS.log(first)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/ipam/default/log/7",
                "/ipam/default/log/",
                "/ipam/default/log/0000000000000000000x",
                "/ipam/other/log/00000000000000000042",
                "/ipam/default/log/-0000000000000000042"
            })
    void revision_ofAnotherKey_throws(String key) {
        assertThrows(IllegalArgumentException.class, () -> KEYS.revision(key));
    }

    @Test
    void endOf_folder_isAfterItsKeysAndBeforeTheNextFolder() {
        assertEquals("/ipam/default/a0", Keys.endOf(KEYS.held()));
        assertEquals("/ipam/default/log0", KEYS.logEnd());
    }

    @Test
    void of_nameWithALoneSurrogate_isUnstorable() {
        Entry.OfPool pool =
                new Entry.OfPool(Pool.builder("a\uD800", "10.6.0.0/16").build(), false, false);
        assertThrows(UnstorableException.class, () -> KEYS.of(pool));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "a",
                "0",
                "Prod.eu_west-1",
                "x12345678901234567890123456789012345678901234567890123456789012"
            })
    void of_validRealm_isInTheRoot(String realm) {
        assertEquals("/ipam/" + realm + "/", Keys.of("/ipam", realm).root());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-a",
                ".a",
                "_a",
                "a b",
                "a/b",
                "a\n",
                "a\0",
                "\u00e9",
                "\u0660",
                "x123456789012345678901234567890123456789012345678901234567890123"
            })
    void of_invalidRealm_throws(String realm) {
        assertThrows(IllegalArgumentException.class, () -> Keys.of("/ipam", realm));
    }
}
