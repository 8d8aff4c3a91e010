package io.ipam.house;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The golden list of a module's exported types, one name per line. {@code
 * scripts/update-exported-types} rewrites it, so that each change of the API is a line in a review.
 */
public final class TypeList {

    private final Path file;
    private final int budget;

    /**
     * A list in the test resources of the module whose tests run.
     *
     * @param file the path of the list, such as {@code src/test/resources/exported-types.txt}
     * @param budget the maximum number of top-level types; nested types are not counted
     */
    public TypeList(Path file, int budget) {
        this.file = file;
        this.budget = budget;
    }

    /**
     * Fails if the types differ from the list or exceed the budget.
     *
     * @param types the exported types, top-level and nested
     * @throws AssertionError naming every type that is new, missing, or beyond the budget
     */
    public void verify(List<Class<?>> types) {
        List<String> actual = types.stream().map(Class::getCanonicalName).toList();
        if (Boolean.getBoolean("ipam.update")) {
            write(actual);
        }
        List<String> golden = read();
        List<String> differences = new ArrayList<>();
        actual.stream().filter(name -> !golden.contains(name)).forEach(name -> differences.add("not listed: " + name));
        golden.stream().filter(name -> !actual.contains(name)).forEach(name -> differences.add("gone: " + name));
        long topLevel =
                types.stream().filter(type -> type.getEnclosingClass() == null).count();
        if (topLevel > budget) {
            differences.add(topLevel + " exported types, the budget is " + budget);
        }
        if (!differences.isEmpty()) {
            throw new AssertionError(String.join("\n", differences) + "\nscripts/update-exported-types writes " + file);
        }
    }

    private List<String> read() {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(List<String> names) {
        try {
            Files.write(file, names);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
