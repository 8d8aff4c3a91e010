package io.ipam.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The same text has the same place in every process: the published vectors of FNV-1a, 64 bits. */
class KeyHashTest {
    @ParameterizedTest
    @CsvSource({"'', cbf29ce484222325", "a, af63dc4c8601ec8c", "foobar, 85944171f73967e8"})
    void isFnv1a(String text, String hash) {
        assertEquals(hash, Long.toHexString(KeyHash.of(text)));
    }
}
