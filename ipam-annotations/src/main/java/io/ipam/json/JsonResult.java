package io.ipam.json;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The result of reading a text. Thread safety: immutable if the value is.
 *
 * @param <T> the type of the value
 * @param value the value; unusable if there are problems, null if the text is not JSON
 * @param problems all problems, in the order of the text; empty if the value is valid
 */
public record JsonResult<T>(@Nullable T value, List<Problem> problems) {
    /** Copies the problems. */
    public JsonResult {
        problems = List.copyOf(problems);
    }

    /**
     * {@return whether the whole text is JSON of a permitted length, even if it has other problems}
     */
    public boolean isJson() {
        return value != null && problems.stream().noneMatch(problem -> problem.type() == ProblemType.MALFORMED);
    }

    /**
     * Returns the value, or throws a refusal.
     *
     * @param <X> the type of the exception
     * @param refusal makes the exception from the problems
     * @throws X if there are problems
     * @return the value
     */
    public <X extends RuntimeException> T orElseThrow(Function<List<Problem>, X> refusal) {
        T read = value;
        if (!problems.isEmpty() || read == null) {
            throw refusal.apply(problems);
        }
        return read;
    }
}
