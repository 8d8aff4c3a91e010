package io.ipam.annotations;

import io.ipam.json.Expected;
import io.ipam.json.JsonKind;
import io.ipam.json.JsonReader;
import io.ipam.problem.ProblemType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of names.
 *
 * <pre>
 * names = null | [ { name , } [ name ] ]
 * name  = string | null
 * </pre>
 *
 * <p>{@code null} is no list. A name that is {@code null} is the empty string, and the empty string
 * is a name only in {@code COMPATIBLE} mode.
 */
final class NameList {
    private static final Expected NAME = Expected.of("a name is a string")
            .hint(JsonKind.ARRAY, "the names stand in one list: write the name alone, such as \"blue-v4\"")
            .hint(JsonKind.OBJECT, "write the name alone, such as \"blue-v4\"");

    private NameList() {}

    /**
     * The names; those that are not strings are problems and are left out.
     *
     * @param expected what the list is, for the problem when it is none
     * @param checked how many names from the first on must not be empty
     */
    static List<String> read(JsonReader in, Expected expected, int checked) {
        if (!in.beginArray(expected) || !in.nextElement()) {
            return List.of();
        }
        String first = name(in, checked > 0);
        if (!in.nextElement()) {
            return first == null ? List.of() : List.of(first);
        }
        List<String> names = new ArrayList<>();
        if (first != null) {
            names.add(first);
        }
        do {
            String name = name(in, names.size() < checked);
            if (name != null) {
                names.add(name);
            }
        } while (in.nextElement());
        return names;
    }

    /** One name; null when it is none, which is a problem. */
    private static @Nullable String name(JsonReader in, boolean checked) {
        String name = in.isNull() ? "" : in.string(NAME);
        if (checked && name != null && name.isEmpty()) {
            in.problem(
                    ProblemType.INVALID,
                    in.isNull() ? "null" : "",
                    "a name is not empty",
                    "write a name, or remove this element");
        }
        return name;
    }
}
