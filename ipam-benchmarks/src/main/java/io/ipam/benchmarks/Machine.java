package io.ipam.benchmarks;

import java.io.IOException;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.Collectors;

/** The machine and JVM of a run, without host names. Thread safety: none needed; no state. */
public final class Machine {
    private Machine() {}

    /** {@return processors, load, Java, collector, and operating system, on one line} */
    public static String text() {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        return "%d processors (%s), load %s at the start; Java %s, %s; %s %s"
                .formatted(
                        Runtime.getRuntime().availableProcessors(),
                        processor(),
                        load < 0 ? "unknown" : String.format(Locale.ROOT, "%.1f", load),
                        Runtime.version(),
                        collector(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    private static String collector() {
        return ManagementFactory.getGarbageCollectorMXBeans().stream()
                .map(GarbageCollectorMXBean::getName)
                .collect(Collectors.joining(" and "));
    }

    private static String processor() {
        Path info = Path.of("/proc/cpuinfo");
        if (!Files.isReadable(info)) {
            return "of unknown model";
        }
        try {
            return Files.readAllLines(info).stream()
                    .filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("of unknown model");
        } catch (IOException e) {
            return "of unknown model";
        }
    }
}
