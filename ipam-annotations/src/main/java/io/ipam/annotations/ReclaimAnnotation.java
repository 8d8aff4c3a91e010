package io.ipam.annotations;

import io.ipam.json.JsonResult;
import io.ipam.problem.Problem;
import io.ipam.problem.ProblemType;
import java.util.List;

/**
 * The annotation {@code ipam.spidernet.io/ippool-reclaim}: whether a recreated application gets a
 * new pool.
 *
 * <pre>
 * ippool-reclaim = "1" | "t" | "T" | "true"  | "TRUE"  | "True"
 *                | "0" | "f" | "F" | "false" | "FALSE" | "False"
 * </pre>
 */
final class ReclaimAnnotation {
    private ReclaimAnnotation() {}

    static JsonResult<Boolean> read(String text) {
        return switch (text) {
            case "1", "t", "T", "true", "TRUE", "True" -> new JsonResult<>(true, List.of());
            case "0", "f", "F", "false", "FALSE", "False" -> new JsonResult<>(false, List.of());
            default ->
                new JsonResult<>(
                        null,
                        List.of(new Problem(
                                ProblemType.INVALID,
                                "",
                                Problem.Position.ofIndex(0),
                                text,
                                "the value must be true or false",
                                text.isBlank()
                                        ? "remove the annotation: true is the default"
                                        : "write true or false")));
        };
    }
}
