package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The names in commands of pages, workflows, and the CI script must exist. */
class CommandsTest {

    private static final Path ROOT = Project.root();
    private static final Pattern PROFILE = Pattern.compile("(?<![\\w-])-P([a-z]\\w*)");
    private static final Pattern PROFILE_ID = Pattern.compile("<profile>\\s*<id>(\\w+)</id>");
    private static final Pattern MODULES = Pattern.compile("(?<![\\w-])-pl ([\\w/,-]+)");
    private static final Pattern TESTS = Pattern.compile("-Dtest='?([A-Z][\\w,]*)");
    private static final Pattern SCRIPT = Pattern.compile("(?<![\\w/.-])scripts/([a-z-]+[a-z])");

    /** A placeholder, a name that is not a test, and a class that the reader of a page writes. */
    private static final Set<String> NO_TESTS = Set.of("NameOfTest", "NoTestBeforehand", "CasStoreTest");

    @Test
    void commands_everyProfile_exists() throws IOException {
        Set<String> profiles = new TreeSet<>();
        for (Path pom : files(name -> name.equals("pom.xml"))) {
            PROFILE_ID.matcher(Files.readString(pom)).results().forEach(match -> profiles.add(match.group(1)));
        }
        assertNamesExist(PROFILE, profiles::contains);
    }

    @Test
    void commands_everyModule_exists() throws IOException {
        assertNamesExist(MODULES, name -> Files.exists(ROOT.resolve(name).resolve("pom.xml")));
    }

    @Test
    void commands_everyTest_exists() throws IOException {
        Set<String> tests = files(name -> name.endsWith("Test.java")).stream()
                .map(file -> file.getFileName().toString().replace(".java", ""))
                .collect(Collectors.toSet());
        tests.addAll(NO_TESTS);
        assertNamesExist(TESTS, tests::contains);
    }

    @Test
    void commands_everyScript_exists() throws IOException {
        assertNamesExist(SCRIPT, name -> Files.exists(ROOT.resolve("scripts").resolve(name)));
    }

    private static void assertNamesExist(Pattern pattern, Predicate<String> exists) throws IOException {
        Set<String> found = new TreeSet<>();
        Set<String> missing = new TreeSet<>();
        for (Path file : files(name -> name.matches("run|.*\\.(md|yml)"))) {
            Matcher matcher = pattern.matcher(Files.readString(file));
            while (matcher.find()) {
                for (String name : matcher.group(1).split(",")) {
                    (exists.test(name) ? found : missing).add(name);
                }
            }
        }
        assertEquals(Set.of(), missing);
        assertTrue(found.size() > 1, found::toString);
    }

    /** The files of the project, except those of builds and git. */
    private static List<Path> files(Predicate<String> wantedName) throws IOException {
        try (Stream<Path> files = Files.walk(ROOT)) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> wantedName.test(file.getFileName().toString()))
                    .filter(file -> Stream.of("target", ".git").noneMatch(name -> isBelow(ROOT.relativize(file), name)))
                    .toList();
        }
    }

    private static boolean isBelow(Path file, String folder) {
        for (Path part : file) {
            if (part.toString().equals(folder)) {
                return true;
            }
        }
        return false;
    }
}
