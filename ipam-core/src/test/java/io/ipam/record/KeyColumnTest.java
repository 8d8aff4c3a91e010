package io.ipam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subnets of all widths at which the layout changes, and their neighbours. */
class KeyColumnTest {
    private static final long BASE = 0x2001_0db8_8765_4321L;

    private static long highMask(int hostBits) {
        return hostBits <= 64 ? 0 : hostBits == 128 ? -1L : (1L << (hostBits - 64)) - 1;
    }

    private static long lowMask(int hostBits) {
        return hostBits >= 64 ? -1L : (1L << hostBits) - 1;
    }

    /**
     * The host part of keys 0 to 2: the first address of the subnet, the last one, and one between.
     */
    private static long host(int key) {
        return new long[] {0, -1L, 0x5a5a_a5a5_c3c3_3c3cL}[key];
    }

    private static long high(int key, int hostBits) {
        return (BASE & ~highMask(hostBits)) | (host(key) & highMask(hostBits));
    }

    private static long low(int key, int hostBits) {
        return (BASE & ~lowMask(hostBits)) | (host(key) & lowMask(hostBits));
    }

    private static void check(KeyColumn column, int count, int hostBits) {
        for (int row = 0; row < count; row++) {
            long high = high(row, hostBits);
            long low = low(row, hostBits);
            assertEquals(high, column.high(row));
            assertEquals(low, column.low(row));
            assertTrue(column.holds(row, high, low));
            assertFalse(column.holds(row, high, low ^ 1));
            assertFalse(column.holds(row, high ^ 1, low));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 31, 32, 33, 63, 64, 65, 127, 128})
    void set_anyWidth_storesEveryBit(int hostBits) {
        KeyColumn column = new KeyColumn(high(0, hostBits), low(0, hostBits), hostBits, 2);
        column.set(0, high(0, hostBits), low(0, hostBits));
        column.set(1, high(1, hostBits), low(1, hostBits));
        check(column, 2, hostBits);
        KeyColumn longer = column.copy(3);
        longer.set(2, high(2, hostBits), low(2, hostBits));
        check(longer, 3, hostBits);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 40, 100})
    void copy_changedSource_staysAsItWas(int hostBits) {
        KeyColumn column = new KeyColumn(high(0, hostBits), low(0, hostBits), hostBits, 2);
        column.set(0, high(0, hostBits), low(0, hostBits));
        column.set(1, high(1, hostBits), low(1, hostBits));
        KeyColumn copy = column.copy(2);
        KeyColumn empty = column.empty(2);
        column.set(0, high(2, hostBits), low(2, hostBits));
        check(copy, 2, hostBits);
        empty.set(1, high(2, hostBits), low(2, hostBits));
        check(copy, 2, hostBits);
    }
}
