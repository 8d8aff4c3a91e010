package io.ipam.record;

import static io.ipam.fixture.Owners.CART;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * A {@code reserve} that ends with an OutOfMemoryError leaves a table unchanged, whichever array
 * did not fit.
 */
class ReserveOutOfMemoryTest {
    private static final int PRESENT = 11;
    private static final int ALL = 40;
    private static final int REMOVED = 3;

    @Test
    void reserve_outOfMemory_changesNothing() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:+UseSerialGC",
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ReserveOutOfMemoryTest.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
    }

    /**
     * Runs in a small heap: with growing numbers, first the last array of a table does not fit, at
     * the end the first one.
     *
     * @param arguments none
     */
    public static void main(String[] arguments) {
        int failures = 0;
        for (int more = 100_000; more < 4_000_000; more += 60_000) {
            failures += recordsFail(more) + coolingFails(more) + ownersFail(more);
        }
        assertTrue(failures > 60, failures + " times out of memory");
    }

    private static int fails(Runnable reserve) {
        try {
            reserve.run();
            return 0;
        } catch (OutOfMemoryError e) {
            return 1;
        }
    }

    private static int recordsFail(int more) {
        RecordTable table = new RecordTable(0, 0, 128, 1);
        for (int i = 0; i < PRESENT; i++) {
            table.add(i, i, CART, "eth0", i);
        }
        int failures = fails(() -> table.reserve(more));
        table.remove(REMOVED);
        for (int i = PRESENT; i < ALL; i++) {
            table.add(i, i, CART, "eth0", i);
        }
        for (int i = 0; i < ALL; i++) {
            assertEquals(i == REMOVED, table.find(i, i) == RecordTable.NONE, "record " + i + " after " + more);
        }
        return failures;
    }

    private static int coolingFails(int more) {
        CoolingQueue queue = new CoolingQueue(0, 0, 128, 1);
        for (int i = 0; i < PRESENT; i++) {
            queue.add(i, i, CART, i);
        }
        int failures = fails(() -> queue.reserve(more));
        queue.remove(REMOVED, REMOVED);
        for (int i = PRESENT; i < ALL; i++) {
            queue.add(i, i, CART, i);
        }
        for (int i = 0; i < ALL; i++) {
            assertEquals(i == REMOVED, queue.find(i, i) == null, "cooling address " + i + " after " + more);
        }
        return failures;
    }

    private static int ownersFail(int more) {
        OwnerTable table = new OwnerTable();
        for (int i = 0; i < PRESENT; i++) {
            table.add(CART, 5, 1, i);
        }
        int failures = fails(() -> table.reserve(CART, 5, more));
        table.remove(CART, 5, 1, REMOVED);
        for (int i = PRESENT; i < ALL; i++) {
            table.add(CART, 5, 1, i);
        }
        assertEquals(ALL - 1, table.count(CART, 5));
        for (int i = 0; i < ALL; i++) {
            if (i != REMOVED) {
                table.remove(CART, 5, 1, i);
            }
        }
        assertEquals(0, table.size(), "owners after " + more);
        return failures;
    }
}
