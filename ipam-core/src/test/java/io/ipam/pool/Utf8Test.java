package io.ipam.pool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class Utf8Test {
    /** Every character up to the end of those of two bytes, and the first and last of three and four. */
    @Test
    void decodesWhatItHasEncoded() {
        for (int point = 0; point < 0x1000; point++) {
            check(point);
        }
        for (int point : new int[] {0xD7FF, 0xE000, 0xFFFF, 0x10000, Character.MAX_CODE_POINT}) {
            check(point);
        }
    }

    private static void check(int point) {
        byte[] bytes = Utf8.bytes(Character.toString(point));
        assertEquals(point, Utf8.decode(bytes, 0));
        assertEquals(bytes.length, Utf8.width(bytes, 0));
        for (int inside = 1; inside < bytes.length; inside++) {
            assertEquals(Utf8.REPLACEMENT, Utf8.decode(bytes, inside));
        }
    }
}
