package io.ipam.store.jdbc;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Bounds and defaults of {@link JdbcStoreSettings}. */
class JdbcStoreSettingsTest {
    private static final JdbcStoreSettings DEFAULTS = JdbcStoreSettings.defaults();

    @Test
    void defaults_ofSettings_matchTheDocumentation() {
        assertEquals(Duration.ofSeconds(10), DEFAULTS.callLimit());
        assertEquals(10_000, DEFAULTS.keptCommits());
        assertEquals(Duration.ofMinutes(10), DEFAULTS.keptTime());
        assertEquals(true, DEFAULTS.survivesPowerLoss());
        assertEquals(4_000, DEFAULTS.lockMillis());
        assertEquals(333, DEFAULTS.idleMillis());
    }

    @Test
    void with_oneSetting_keepsTheOthers() {
        JdbcStoreSettings changed = DEFAULTS.withCallLimit(Duration.ofSeconds(1))
                .withKept(7, Duration.ofSeconds(2))
                .withoutPowerLossProtection();
        assertEquals(Duration.ofSeconds(1), changed.callLimit());
        assertEquals(7, changed.keptCommits());
        assertEquals(Duration.ofSeconds(2), changed.keptTime());
        assertEquals(false, changed.survivesPowerLoss());
    }

    @Test
    void with_valueOutOfBounds_throws() {
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withCallLimit(Duration.ofMillis(99)));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withCallLimit(Duration.ofMillis(3_600_001)));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withKept(0, Duration.ZERO));
        assertThrows(IllegalArgumentException.class, () -> DEFAULTS.withKept(1, Duration.ofMillis(-1)));
    }
}
