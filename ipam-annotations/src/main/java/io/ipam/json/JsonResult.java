package io.ipam.json;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What reading a text gave. Thread safety: immutable, when the value is.
 *
 * @param <T> the type of the value
 * @param value what was read; of no use when there are problems, null when the text is not JSON
 * @param problems everything that is wrong, in the order of the text; empty when the value is good
 */
public record JsonResult<T>(@Nullable T value, List<Problem> problems) {
    /** Copies the problems. */
    public JsonResult {
        problems = List.copyOf(problems);
    }

    /**
     * {@return whether the whole text is JSON of a permitted length, whatever else is wrong with
     * it}
     */
    public boolean isJson() {
        return value != null && problems.stream().noneMatch(problem -> problem.type() == ProblemType.MALFORMED);
    }

    /**
     * The value, or a refusal.
     *
     * @param <X> the type of the exception
     * @param refusal makes the exception from the problems
     * @throws X when there are problems
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
