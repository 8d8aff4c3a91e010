package io.ipam.record;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.lang.management.ManagementFactory;
import java.util.function.LongSupplier;

/** Measures the bytes that the current thread allocates. */
final class AllocatedBytes {
    private static final int ATTEMPTS = 5;

    private AllocatedBytes() {}

    /**
     * Fails unless at least one of several attempts allocates nothing. In the others, class loading
     * or compilation may have allocated in the measured thread.
     *
     * @param attempt prepares the action, runs it between two calls of its argument, and returns
     *     the difference
     */
    static void assertNothing(Attempt attempt) {
        com.sun.management.ThreadMXBean bean = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        LongSupplier bytes = bean::getCurrentThreadAllocatedBytes;
        long least = Long.MAX_VALUE;
        for (int i = 0; i < ATTEMPTS && least > 0; i++) {
            least = Math.min(least, attempt.run(bytes));
        }
        assertEquals(0, least, "bytes allocated");
    }

    /** One attempt. */
    interface Attempt {
        long run(LongSupplier bytes);
    }
}
