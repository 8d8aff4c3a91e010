package io.ipam;

import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/** The processor time of the present thread, which does not grow while other threads run. */
public final class ProcessorTime {
    private ProcessorTime() {}

    /** {@return the milliseconds that a run needs} */
    public static long millisOf(Runnable run) {
        var threads = ManagementFactory.getThreadMXBean();
        long start = threads.getCurrentThreadCpuTime();
        run.run();
        return TimeUnit.NANOSECONDS.toMillis(threads.getCurrentThreadCpuTime() - start);
    }
}
