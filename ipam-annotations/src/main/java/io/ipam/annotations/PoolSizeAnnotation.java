package io.ipam.annotations;

import io.ipam.json.JsonResult;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import io.ipam.subnet.PoolSize;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The annotation {@code ipam.spidernet.io/ippool-ip-number}: the number of addresses of a pool
 * carved from a subnet.
 *
 * <pre>
 * STRICT:     ippool-ip-number = [ "+" ] digit { digit }
 * COMPATIBLE: ippool-ip-number = [ "-" ] digit { digit }            a fixed number
 *                              | { any } "+" [ "-" ] digit { digit }    more than the replicas
 * </pre>
 *
 * <p>{@code any} is any character except {@code +}; it is ignored, so {@code 5+6} reads as {@code
 * +6}. The number must fit into 64 bits and must not be negative.
 */
final class PoolSizeAnnotation {
    private static final Pattern STRICT = Pattern.compile("\\+?[0-9]+");
    private static final Pattern NUMBER = Pattern.compile("-?[0-9]+");

    private PoolSizeAnnotation() {}

    /**
     * A number as it is written, perhaps negative.
     *
     * @param flexible whether it has a plus sign
     * @param number the number after the sign
     */
    record Written(boolean flexible, long number) {}

    static JsonResult<PoolSize> read(String text, Reading reading) {
        JsonResult<Written> result = parse(text, reading);
        Written written = result.value();
        if (written == null) {
            return new JsonResult<>(null, result.problems());
        }
        if (written.number() < 0) {
            return refusal(text, "the number must not be negative", "write 5 for five addresses");
        }
        return new JsonResult<>(new PoolSize(written.flexible(), written.number()), List.of());
    }

    /** The number, negative or not. */
    static JsonResult<Written> parse(String text, Reading reading) {
        int plus = text.indexOf('+');
        String digits = text.substring(plus + 1);
        if (text.length() > Reading.LONGEST
                || (reading.strict() && !STRICT.matcher(text).matches())) {
            return refusal(text, "the number must be digits, with or without a plus sign", hint(text, plus));
        }
        if (!NUMBER.matcher(digits).matches()) {
            return refusal(text, "the number must be digits, with or without a plus sign", hint(text, plus));
        }
        try {
            return new JsonResult<>(new Written(plus >= 0, Long.parseLong(digits)), List.of());
        } catch (NumberFormatException tooLarge) {
            return refusal(text, "the number must be at most " + Long.MAX_VALUE, "");
        }
    }

    private static String hint(String text, int plus) {
        if (plus > 0) {
            return "write +" + "2 for two more than the replicas, 5 for five addresses";
        }
        return text.isBlank()
                ? "remove the annotation"
                : "write 5 for five addresses, +2 for two more than the replicas";
    }

    private static <T> JsonResult<T> refusal(String text, String rule, String hint) {
        Problem problem = new Problem(ProblemType.INVALID, "", Problem.Position.ofIndex(0), text, rule, hint);
        return new JsonResult<>(null, List.of(problem));
    }
}
