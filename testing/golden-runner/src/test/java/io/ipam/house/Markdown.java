package io.ipam.house;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A Markdown page: its headings with their anchors, and its links. Fenced code is ignored.
 *
 * @param path the file
 * @param lines the lines outside fenced code
 */
record Markdown(Path path, List<String> lines) {

    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s#]*)(?:#([^)\\s]*))?\\)");
    private static final Pattern HEADING = Pattern.compile("#{1,6} (.*)");

    /**
     * A link to a place in the project.
     *
     * @param file the linked file
     * @param anchor the anchor in the file; empty if the link has none
     */
    record Link(Path file, String anchor) {}

    static Markdown read(Path path) throws IOException {
        List<String> lines = new ArrayList<>();
        boolean isCode = false;
        for (String line : Files.readAllLines(path)) {
            if (line.strip().startsWith("```")) {
                isCode = !isCode;
            } else if (!isCode) {
                lines.add(line);
            }
        }
        return new Markdown(path, List.copyOf(lines));
    }

    String title() {
        return lines.get(0);
    }

    /** The links that do not start with a scheme such as {@code https:}. */
    List<Link> relativeLinks() {
        List<Link> links = new ArrayList<>();
        Matcher matcher = LINK.matcher(String.join("\n", lines));
        while (matcher.find()) {
            String target = matcher.group(1);
            if (!target.contains(":")) {
                Path file =
                        target.isEmpty() ? path : path.resolveSibling(target).normalize();
                links.add(new Link(file, matcher.group(2) == null ? "" : matcher.group(2)));
            }
        }
        return links;
    }

    /**
     * The anchors as GitHub derives them; the second heading with the same text gets {@code -1},
     * the third {@code -2}.
     */
    Set<String> anchors() {
        Set<String> anchors = new HashSet<>();
        for (String line : lines) {
            Matcher matcher = HEADING.matcher(line);
            if (matcher.matches()) {
                String anchor = anchorOf(matcher.group(1));
                String unique = anchor;
                for (int n = 1; !anchors.add(unique); n++) {
                    unique = anchor + "-" + n;
                }
            }
        }
        return anchors;
    }

    private static String anchorOf(String heading) {
        return heading.replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1")
                .toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("[^\\p{L}\\p{N}\\- _]", "")
                .replace(' ', '-');
    }
}
