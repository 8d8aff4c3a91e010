package io.ipam.benchmarks.contest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;

/**
 * Parts of a document that a program writes: the text between the lines {@code <!-- begin NAME -->}
 * and {@code <!-- end NAME -->}. Thread safety: none needed; no state.
 */
public final class Sections {
    private static final int COLUMNS = 100;

    private Sections() {}

    /**
     * Replaces a part; the rest of the document stays unchanged. Lines of prose are wrapped at 100
     * columns, rows of tables are not.
     *
     * @param document the file
     * @param name the name of the part
     * @param text its lines
     * @throws IllegalArgumentException if the document has no such part
     */
    public static void replace(Path document, String name, String text) {
        String begin = "<!-- begin " + name + " -->\n";
        String end = "<!-- end " + name + " -->\n";
        try {
            String old = Files.readString(document);
            int from = old.indexOf(begin);
            int to = old.indexOf(end, Math.max(0, from));
            if (from < 0 || to < 0) {
                throw new IllegalArgumentException(document + " has no part " + name);
            }
            Files.writeString(
                    document,
                    old.substring(0, from) + begin + "\n" + wrapped(text.strip()) + "\n\n" + old.substring(to));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String wrapped(String text) {
        return text.lines().map(Sections::wrappedLine).collect(Collectors.joining("\n"));
    }

    private static String wrappedLine(String line) {
        int space = line.length() <= COLUMNS || line.startsWith("|") ? -1 : line.lastIndexOf(' ', COLUMNS);
        return space < 0 ? line : line.substring(0, space) + "\n" + wrappedLine(line.substring(space + 1));
    }
}
