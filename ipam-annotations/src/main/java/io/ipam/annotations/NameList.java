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
 * <p>{@code null} is equivalent to an absent list. A name that is {@code null} is the empty string,
 * which is a name only in {@code COMPATIBLE} mode.
 */
final class NameList {
    private static final Expected NAME = Expected.of("a name must be a string")
            .hint(JsonKind.ARRAY, "all names belong in one list: write only the name, such as \"blue-v4\"")
            .hint(JsonKind.OBJECT, "write only the name, such as \"blue-v4\"");

    private NameList() {}

    /**
     * The names. An element that is not a string is a problem and is omitted.
     *
     * @param expected the expected value, for the problem if there is no list
     * @param checked the number of names at the start of the list that must not be empty
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

    /** One name; null, with a problem, if the value is not a name. */
    private static @Nullable String name(JsonReader in, boolean checked) {
        String name = in.isNull() ? "" : in.string(NAME);
        if (checked && name != null && name.isEmpty()) {
            in.problem(
                    ProblemType.INVALID,
                    in.isNull() ? "null" : "",
                    "a name must not be empty",
                    "write a name, or remove this element");
        }
        return name;
    }
}
