package io.ipam.store.jdbc;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The SQL files of this module. Thread safety: stateless. */
final class SqlFile {
    private static final Pattern NAME = Pattern.compile("(?m)^-- name: (\\w+)$");
    private static final Pattern COMMENT = Pattern.compile("(?m)\\s*--.*$");

    private SqlFile() {}

    /** The statements of a file by their names. */
    static Map<String, String> named(String file) {
        Map<String, String> statements = new HashMap<>();
        String[] parts = NAME.splitAsStream(read(file)).toArray(String[]::new);
        List<String> names =
                NAME.matcher(read(file)).results().map(found -> found.group(1)).toList();
        for (int i = 0; i < names.size(); i++) {
            statements.put(names.get(i), statements(parts[i + 1]).get(0));
        }
        return statements;
    }

    /** The statements of a file in their order, without comments. */
    static List<String> all(String file) {
        return statements(read(file));
    }

    private static List<String> statements(String text) {
        List<String> statements = new ArrayList<>();
        for (String statement : COMMENT.matcher(text).replaceAll("").split(";", -1)) {
            if (!statement.isBlank()) {
                statements.add(statement.strip());
            }
        }
        return statements;
    }

    private static String read(String file) {
        try (InputStream in = SqlFile.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("the module lacks the file " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
