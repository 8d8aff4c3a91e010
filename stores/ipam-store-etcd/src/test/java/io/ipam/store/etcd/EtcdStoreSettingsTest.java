package io.ipam.store.etcd;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bounds and defaults of {@link EtcdStoreSettings}. */
class EtcdStoreSettingsTest {
    private static final EtcdStoreSettings DEFAULTS = EtcdStoreSettings.defaults();

    @Test
    void defaults_ofSettings_matchTheDocumentation() {
        assertEquals(Duration.ofSeconds(10), DEFAULTS.callLimit());
        assertEquals("/ipam", DEFAULTS.prefix());
        assertEquals(128, DEFAULTS.operationsPerTransaction());
        assertEquals(10_000, DEFAULTS.keptCommits());
        assertEquals(Duration.ofMinutes(10), DEFAULTS.keptTime());
    }

    @Test
    void with_oneSetting_keepsTheOthers() {
        EtcdStoreSettings changed = DEFAULTS.withCallLimit(Duration.ofSeconds(1))
                .withPrefix("net/ipam")
                .withOperationsPerTransaction(512)
                .withKept(7, Duration.ofSeconds(2));
        assertEquals(Duration.ofSeconds(1), changed.callLimit());
        assertEquals("net/ipam", changed.prefix());
        assertEquals(512, changed.operationsPerTransaction());
        assertEquals(7, changed.keptCommits());
        assertEquals(Duration.ofSeconds(2), changed.keptTime());
    }

    @Test
    void with_valueOutOfBounds_throws() {
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withCallLimit(Duration.ofMillis(99)));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withCallLimit(Duration.ofMillis(3_600_001)));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withOperationsPerTransaction(31));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withOperationsPerTransaction(10_001));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withKept(0, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withKept(1, Duration.ofMillis(-1)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "/", "a/", "/a/", "a//b", "a b", "\u00e9", "a\n"})
    void withPrefix_invalid_throws(String prefix) {
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withPrefix(prefix));
    }
}
