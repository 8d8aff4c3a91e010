package io.ipam.json;

import com.fasterxml.jackson.core.JsonStreamContext;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.io.ContentReference;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The members of one object, by the numbers of its {@link JsonKeys}. Thread safety: none; see
 * {@link JsonReader}.
 */
public final class JsonMembers {
    private final JsonReader reader;
    private final JsonKeys keys;
    /** Contains the start of the object until the next object at the same level begins. */
    private final JsonStreamContext context;

    private final int problemsBefore;
    private long seen;
    /** The next key if the members have the order of the keys. */
    private int guess;

    private @Nullable Set<String> others;

    JsonMembers(JsonReader reader, JsonKeys keys) {
        this.reader = reader;
        this.keys = keys;
        context = reader.tokens().parser().getParsingContext();
        problemsBefore = reader.problemCount();
    }

    /**
     * Moves to the value of the next known key. Unknown keys in between are problems or are
     * skipped, as the options state. A repeated key is a problem. A case variant that the options
     * refuse is a problem and reads as the intended key.
     *
     * @return the number of the key, or {@link JsonReader#END}
     */
    public int next() {
        while (true) {
            if (reader.nextNameIs(keys.written(guess))) {
                return arrive(guess, keys.name(guess));
            }
            if (reader.tokens().isAt(JsonToken.END_OBJECT)) {
                return JsonReader.END;
            }
            String name = reader.tokens().name();
            int key = keys.folded(name);
            if (key != JsonKeys.UNKNOWN) {
                return arrive(key, name);
            }
            pass(name);
        }
    }

    /**
     * {@return whether the key is present, with any value}
     *
     * @param key the number of the key
     */
    public boolean has(int key) {
        return (seen & 1L << key) != 0;
    }

    /** {@return whether this object has no problem so far} */
    public boolean isClean() {
        return reader.problemCount() == problemsBefore;
    }

    /**
     * Records a problem with this object; to be called only after its last member.
     *
     * @param type the kind of problem
     * @param offending the offending text
     * @param rule the rule
     * @param hint what to change, or empty
     */
    public void problem(ProblemType type, String offending, String rule, String hint) {
        if (reader.problems().takesOneMore()) {
            reader.problems().add(new Problem(type, reader.path(), start(), offending, rule, hint));
        }
    }

    /**
     * Records that a key is missing in this object; to be called only after its last member.
     *
     * @param key the number of the key
     * @param rule the rule
     * @param hint what to change, or empty
     */
    public void missing(int key, String rule, String hint) {
        if (reader.problems().takesOneMore()) {
            String where = JsonPath.member(reader.path(), keys.name(key));
            reader.problems().add(new Problem(ProblemType.REQUIRED, where, start(), "", rule, hint));
        }
    }

    private Problem.Position start() {
        return JsonTokens.position(context.startLocation(ContentReference.unknown()));
    }

    /** From the name of a known key to its value. */
    private int arrive(int key, String name) {
        String known = keys.name(key);
        if (reader.options().exactKeys() && !known.equals(name)) {
            reader.problem(ProblemType.NOT_SUPPORTED, name, "keys are case-sensitive", "write \"" + known + "\"");
        }
        if (has(key)) {
            repeated(name);
        }
        seen |= 1L << key;
        guess = (key + 1) % keys.size();
        reader.advance();
        return key;
    }

    private void pass(String name) {
        if (others == null) {
            others = new HashSet<>();
        }
        if (!others.add(JsonKeys.fold(name))) {
            repeated(name);
        }
        if (reader.options().refuseUnknown() && !keys.isOpen()) {
            reader.problem(
                    ProblemType.NOT_SUPPORTED,
                    name,
                    "the keys of this object are " + String.join(", ", keys.names()),
                    keys.hint(name));
        }
        reader.advance();
        reader.skip();
    }

    private void repeated(String name) {
        reader.problem(
                ProblemType.DUPLICATE,
                name,
                JsonProblems.ONCE,
                "remove one of the two: it is undefined which one applies");
    }
}
