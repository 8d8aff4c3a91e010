package io.ipam.allocation.state;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressSlotsTest {
    private static final int ROWS = 90;

    /** Addresses whose probes start at one of so many neighbouring places, in any table of up to 256; the last of them it may be. */
    private static List<Long> crowded(int homes) {
        List<Long> addresses = new ArrayList<>();
        for (long low = 0; addresses.size() < ROWS; low++) {
            int home = (Hash.ofAddress(0, low) + homes / 2) & 0xff;
            if (home < homes) {
                addresses.add(low);
            }
        }
        return addresses;
    }

    /** One long cluster, around the end of the table, with distances below, at and above those that an entry can tell. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 5, 40, 256})
    void findsInClustersWhatIsThere(int homes) {
        AddressColumn column = new AddressColumn(0, 0, 64, ROWS);
        AddressSlots slots = new AddressSlots(column);
        List<Long> addresses = crowded(homes);
        for (int row = 0; row < ROWS; row++) {
            column.set(row, 0, addresses.get(row));
        }
        boolean[] there = new boolean[ROWS];
        Random random = new Random(homes);
        int size = 0;
        for (int step = 0; step < 1_500; step++) {
            int row = random.nextInt(ROWS);
            if (there[row]) {
                slots.remove(row);
            } else {
                slots.add(row);
            }
            there[row] = !there[row];
            size += there[row] ? 1 : -1;
            assertEquals(size, slots.size());
            for (int i = 0; i < ROWS; i++) {
                assertEquals(there[i] ? i : RecordTable.NONE, slots.find(0, addresses.get(i)));
            }
        }
    }
}
