package io.ipam.consumer;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * An installed JDK.
 *
 * @param feature its version, such as 17
 * @param home its folder
 */
record Jdk(int feature, Path home) {

    /** The versions to build with, except that of this process. */
    private static final List<Integer> SUPPORTED = List.of(17, 25);

    /** The JDK of this process, and one of each supported version that is next to it. */
    static Collection<Jdk> all() throws IOException {
        Path own = Path.of(System.getProperty("java.home"));
        Map<Integer, Jdk> found = new TreeMap<>();
        try (Stream<Path> siblings = Files.list(own.toRealPath().getParent())) {
            for (Path home : siblings.sorted().toList()) {
                int feature = featureOf(home);
                if (SUPPORTED.contains(feature)) {
                    found.putIfAbsent(feature, new Jdk(feature, home));
                }
            }
        }
        int feature = Runtime.version().feature();
        found.put(feature, new Jdk(feature, own));
        return found.values();
    }

    /** The version that the file {@code release} of a JDK states, or 0 for another folder. */
    private static int featureOf(Path home) throws IOException {
        if (!Files.exists(home.resolve("bin/javac"))) {
            return 0;
        }
        Properties release = new Properties();
        try (Reader text = Files.newBufferedReader(home.resolve("release"))) {
            release.load(text);
        }
        String version = release.getProperty("JAVA_VERSION").replace("\"", "");
        return Runtime.Version.parse(version).feature();
    }

    @Override
    public String toString() {
        return "JDK " + feature;
    }
}
