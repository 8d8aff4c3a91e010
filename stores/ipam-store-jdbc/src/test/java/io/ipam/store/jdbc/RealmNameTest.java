package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rule of realm names. */
class RealmNameTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "a",
                "0",
                "Prod.eu_west-1",
                "x12345678901234567890123456789012345678901234567890123456789012"
            })
    void verified_validName_isReturned(String name) {
        assertEquals(name, RealmName.verified(name));
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
                "a'",
                "a\n",
                "a\0",
                "\u00e9",
                "\u0660",
                "a;--",
                "x123456789012345678901234567890123456789012345678901234567890123"
            })
    void verified_invalidName_throws(String name) {
        assertThrows(IllegalArgumentException.class, () -> RealmName.verified(name));
    }
}
