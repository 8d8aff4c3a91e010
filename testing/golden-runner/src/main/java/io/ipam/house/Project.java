package io.ipam.house;

import java.nio.file.Files;
import java.nio.file.Path;

/** The root folder of the project, found from any working directory inside it. */
public final class Project {

    private Project() {}

    /**
     * The root of the project.
     *
     * @return the nearest folder, from the working directory upwards, that contains {@code
     *     docs/decisions}
     * @throws IllegalStateException if there is none
     */
    public static Path root() {
        Path start = Path.of("").toAbsolutePath();
        for (Path folder = start; folder != null; folder = folder.getParent()) {
            if (Files.isDirectory(folder.resolve("docs/decisions"))) {
                return folder;
            }
        }
        throw new IllegalStateException("no docs/decisions in or above " + start);
    }
}
