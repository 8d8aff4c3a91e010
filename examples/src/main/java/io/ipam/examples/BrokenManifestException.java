package io.ipam.examples;

import io.ipam.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A manifest that cannot be used. The message has a line for each mistake: the file, the object,
 * the field, and the rule.
 */
final class BrokenManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Makes the exception for one mistake. An empty field means the whole file. */
    BrokenManifestException(String file, String field, String rule) {
        super(line(file, field, rule));
    }

    /** Makes the exception for all mistakes, one line each. */
    BrokenManifestException(String message) {
        super(message);
    }

    /**
     * Makes the exception for problems that the library found in this field of an object. The paths
     * of the library are relative to the value of the field.
     */
    static BrokenManifestException of(Fields fields, String field, List<Problem> problems) {
        return new BrokenManifestException(problems.stream()
                .map(problem ->
                        problem.withWhere(field).withWhere(fields.path()).message())
                .map(message -> fields.file() + ": " + message)
                .collect(Collectors.joining("\n")));
    }

    private static String line(String file, String field, String rule) {
        return file + ": " + (field.isEmpty() ? "" : field + ": ") + rule;
    }
}
