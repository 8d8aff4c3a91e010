package io.ipam.benchmarks;

/** What a run was measured on, without names. Thread safety: none needed; no state. */
public final class Machine {
    private Machine() {}

    /** {@return processors, memory, Java and operating system, on one line} */
    public static String text() {
        Runtime runtime = Runtime.getRuntime();
        return "%d processors, heap %d MB, Java %s (%s), %s %s"
                .formatted(
                        runtime.availableProcessors(),
                        runtime.maxMemory() >> 20,
                        Runtime.version(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }
}
