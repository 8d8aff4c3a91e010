package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Subnets of every width at which the layout changes, and beside. */
class AddressColumnTest {
    private static final long BASE = 0x2001_0db8_8765_4321L;

    private static long highMask(int hostBits) {
        return hostBits <= 64 ? 0 : hostBits == 128 ? -1L : (1L << (hostBits - 64)) - 1;
    }

    private static long lowMask(int hostBits) {
        return hostBits >= 64 ? -1L : (1L << hostBits) - 1;
    }

    /** The addresses of index 0 to 2: the first of the subnet, the last one, and one between. */
    private static long host(int index) {
        return new long[] {0, -1L, 0x5a5a_a5a5_c3c3_3c3cL}[index];
    }

    private static long high(int index, int hostBits) {
        return (BASE & ~highMask(hostBits)) | (host(index) & highMask(hostBits));
    }

    private static long low(int index, int hostBits) {
        return (BASE & ~lowMask(hostBits)) | (host(index) & lowMask(hostBits));
    }

    private static void check(AddressColumn column, int count, int hostBits) {
        for (int i = 0; i < count; i++) {
            long high = high(i, hostBits);
            long low = low(i, hostBits);
            assertEquals(high, column.high(i));
            assertEquals(low, column.low(i));
            assertTrue(column.holds(i, high, low));
            assertFalse(column.holds(i, high, low ^ 1));
            if (hostBits > 64) {
                assertFalse(column.holds(i, high ^ 1, low));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 8, 31, 32, 33, 63, 64, 65, 127, 128})
    void givesBackWhatWasPut(int hostBits) {
        AddressColumn column = new AddressColumn(high(0, hostBits), low(0, hostBits), hostBits, 2);
        column.set(0, high(0, hostBits), low(0, hostBits));
        column.set(1, high(1, hostBits), low(1, hostBits));
        check(column, 2, hostBits);
        column.resize(3);
        column.set(2, high(2, hostBits), low(2, hostBits));
        check(column, 3, hostBits);
        AddressColumn copy = column.copy(2);
        column.set(0, high(2, hostBits), low(2, hostBits));
        check(copy, 2, hostBits);
    }
}
