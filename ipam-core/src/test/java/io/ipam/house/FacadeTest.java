package io.ipam.house;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import io.ipam.Ipam;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The facade sees the engine through three types. A nested type belongs to its file. */
class FacadeTest {
    private static final String ENGINE = "io.ipam.engine";
    private static final Set<String> NAMED =
            Set.of(ENGINE + ".Engine", ENGINE + ".EngineSettings", ENGINE + ".decision.GrantOutcome");

    /** The parts that an engine returns; the facade calls them without a name for their types. */
    private static final Set<String> PARTS =
            Set.of(ENGINE + ".HeldQueries", ENGINE + ".PoolUsages", ENGINE + ".WholeState");

    private static final Pattern NAME = Pattern.compile(Pattern.quote(ENGINE) + "(\\.[a-z]\\w*)*\\.([A-Z]\\w*|\\*)");

    @Test
    void sources_ofTheFacade_nameThreeTypesOfTheEngine() throws IOException {
        try (Stream<Path> files = Files.list(Path.of("src/main/java/io/ipam"))) {
            List<String> named = files.filter(file -> file.toString().endsWith(".java"))
                    .map(FacadeTest::textOf)
                    .flatMap(text -> NAME.matcher(text).results().map(MatchResult::group))
                    .toList();
            assertEquals(new TreeSet<>(NAMED), new TreeSet<>(named));
        }
    }

    private static String textOf(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void classes_ofTheFacade_useNothingElseOfTheEngine() {
        Set<String> used = CoreClasses.ALL.stream()
                .filter(type -> type.getPackageName().equals(Ipam.class.getPackageName()))
                .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                .filter(type -> type.getPackageName().startsWith(ENGINE))
                .map(FacadeTest::fileOf)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> allowed = new TreeSet<>(NAMED);
        allowed.addAll(PARTS);
        assertEquals(allowed, used);
    }

    private static String fileOf(JavaClass type) {
        return type.getFullName().split("\\$", 2)[0];
    }
}
