package io.ipam.examples;

import io.ipam.problem.Problem;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A manifest that cannot be used; the message has a line for each mistake: the file, the object,
 * the field, the rule.
 */
final class BrokenManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One mistake; the field is empty where the whole file is meant. */
    BrokenManifestException(String file, String field, String rule) {
        super(line(file, field, rule));
    }

    /** All mistakes, a line each. */
    BrokenManifestException(String message) {
        super(message);
    }

    /**
     * What the library refused in this field of an object; the paths of the library are relative to
     * its value.
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
