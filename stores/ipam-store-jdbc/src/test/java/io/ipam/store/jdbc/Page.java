package io.ipam.store.jdbc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The SQL of docs/stores.md. */
final class Page {
    private static final Path PAGE = Path.of("../../docs/stores.md");
    private static final Pattern BLOCK = Pattern.compile("(?s)```sql\n(.*?);?\n```");

    private Page() {}

    /** The queries, about another realm. */
    static List<String> queries(String realm) {
        return blocks().stream()
                .filter(sql -> sql.startsWith("select"))
                .map(sql -> sql.replace("'default'", "'" + realm + "'"))
                .toList();
    }

    /** The statements that grant rights. */
    static List<String> grants() {
        return blocks().stream()
                .filter(sql -> sql.startsWith("grant"))
                .flatMap(sql -> List.of(sql.split(";")).stream())
                .toList();
    }

    private static List<String> blocks() {
        try {
            return BLOCK.matcher(Files.readString(PAGE))
                    .results()
                    .map((MatchResult found) -> found.group(1))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
