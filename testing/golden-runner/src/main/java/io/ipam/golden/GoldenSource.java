package io.ipam.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.ipam.house.Project;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The folder of the vectors.
 *
 * @param folder another folder of the same format; null for the project's own vectors on the class
 *     path
 * @param project the project's root folder
 */
record GoldenSource(@Nullable Path folder, Path project) {

    private static final ObjectMapper MAPPER = new ObjectMapper();

    /**
     * The source that {@code -Dgolden.dir} selects; a relative path is resolved against the
     * project's root.
     */
    static GoldenSource selected() {
        Path project = Project.root();
        String folder = System.getProperty("golden.dir", "");
        return new GoldenSource(folder.isEmpty() ? null : project.resolve(folder), project);
    }

    /** Whether these are the project's own vectors, for which idle rules are an error. */
    boolean isOwn() {
        return folder == null;
    }

    /** The cases of one file, in its order. */
    List<GoldenCase> read(String file) {
        try (InputStream in = open(file)) {
            return cases(file, MAPPER.readTree(in));
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read golden vectors " + file + ": " + e.getMessage(), e);
        }
    }

    private InputStream open(String file) throws IOException {
        if (folder != null) {
            return Files.newInputStream(folder.resolve(file));
        }
        InputStream in = GoldenSource.class.getResourceAsStream("/golden/" + file);
        if (in == null) {
            throw new FileNotFoundException("no resource golden/" + file);
        }
        return in;
    }

    private static List<GoldenCase> cases(String file, JsonNode array) {
        List<GoldenCase> cases = new ArrayList<>();
        Set<String> ids = new HashSet<>();
        for (JsonNode node : array) {
            GoldenCase golden =
                    new GoldenCase(node.required("id").textValue(), node.required("input"), node.required("expected"));
            if (!ids.add(golden.id())) {
                throw new IllegalStateException(file + ": id " + golden.id() + " occurs twice");
            }
            cases.add(golden);
        }
        if (cases.isEmpty()) {
            throw new IllegalStateException(file + ": no cases");
        }
        return cases;
    }
}
