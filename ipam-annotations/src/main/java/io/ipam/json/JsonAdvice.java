package io.ipam.json;

import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.function.Function;

/** Reads texts that people write by hand, with hints that were tried. */
public final class JsonAdvice {
    private JsonAdvice() {}

    /**
     * As {@link JsonReader#read}, and a hint to write a value in place of what is not JSON is tried before it is given: where that
     * would be refused at the same place, the hint of that refusal is given instead.
     *
     * @param <T> what the body makes of it
     * @param text the JSON text
     * @param options how it is read
     * @param body reads the value that the reader stands on; it may be asked twice, with two readers
     * @return what the body returned, and all problems
     */
    public static <T> JsonResult<T> read(String text, JsonOptions options, Function<JsonReader, T> body) {
        JsonResult<T> result = JsonReader.read(text, options, body);
        if (result.problems().isEmpty()
                || result.problems().stream().noneMatch(problem -> problem.type() == ProblemType.MALFORMED)) {
            return result;
        }
        JsonSyntax.Fault fault = JsonSyntax.find(text, options);
        if (fault == null || fault.instead().isEmpty()) {
            return result;
        }
        Problem told = fault.problem(text, fault.hint());
        Problem better = fault.problem(text, hint(fault, told, JsonReader.read(fault.mended(text), options, body)));
        return new JsonResult<>(
                result.value(),
                result.problems().stream()
                        .map(problem -> problem.equals(told) ? better : problem)
                        .toList());
    }

    private static String hint(JsonSyntax.Fault fault, Problem told, JsonResult<?> mended) {
        return mended.problems().stream()
                .filter(again -> again.position() != null && again.position().equals(told.position()))
                .findFirst()
                .map(again -> again.hint().isEmpty() ? again.rule() : again.hint())
                .orElse(fault.hint());
    }
}
