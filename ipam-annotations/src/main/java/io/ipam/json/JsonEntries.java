package io.ipam.json;

import com.fasterxml.jackson.core.JsonToken;
import io.ipam.problem.ProblemType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The entries of one object whose keys are data. Keys are compared exactly. Thread safety: none;
 * see {@link JsonReader}.
 *
 * <p>Cost: memory for all keys of the object.
 */
public final class JsonEntries {
    private final JsonReader reader;
    private final Set<String> seen = new HashSet<>();

    JsonEntries(JsonReader reader) {
        this.reader = reader;
    }

    /**
     * Moves to the value of the next entry. A repeated key is a problem.
     *
     * @return the key, or null at the end
     */
    public @Nullable String next() {
        reader.skip();
        if (reader.advance() == JsonToken.END_OBJECT) {
            return null;
        }
        String name = reader.tokens().name();
        if (!seen.add(name)) {
            reader.problem(ProblemType.DUPLICATE, name, JsonProblems.ONCE, "remove one of the two");
        }
        reader.advance();
        return name;
    }
}
