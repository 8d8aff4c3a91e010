package io.ipam.json;

import com.fasterxml.jackson.core.JsonToken;
import io.ipam.problem.ProblemType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Passes over a structure without recursion, and notes keys that occur twice in one object. */
final class JsonSkip {
    private final JsonReader reader;
    /** The names seen in each object that is open, innermost first. */
    private final Deque<Set<String>> objects = new ArrayDeque<>();

    JsonSkip(JsonReader reader) {
        this.reader = reader;
    }

    /** From the {@code start} of a structure, where the reader stands, to its end. */
    void structure(JsonToken start) {
        int depth = 0;
        @Nullable JsonToken token = start;
        while (token != null) {
            switch (token) {
                case START_OBJECT -> {
                    objects.push(new HashSet<>());
                    depth++;
                }
                case START_ARRAY -> depth++;
                case END_OBJECT -> {
                    objects.pop();
                    depth--;
                }
                case END_ARRAY -> depth--;
                case FIELD_NAME -> name();
                default -> {}
            }
            token = depth == 0 ? null : reader.advance();
        }
    }

    private void name() {
        String name = reader.nameHere();
        if (!objects.element().add(name)) {
            reader.problem(ProblemType.DUPLICATE, name, JsonProblems.ONCE, "remove one of the two");
        }
    }
}
