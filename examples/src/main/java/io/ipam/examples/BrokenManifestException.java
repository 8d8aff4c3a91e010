package io.ipam.examples;

import java.util.List;
import java.util.stream.Collectors;

/** A manifest that cannot be used: the file, and for each mistake the field and the rule it breaks. */
final class BrokenManifestException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** One mistake: the field path, empty for the whole file, and the rule. */
    record Mistake(String field, String rule) {}

    BrokenManifestException(String file, String field, String rule) {
        this(file, List.of(new Mistake(field, rule)));
    }

    BrokenManifestException(String file, List<Mistake> mistakes) {
        super(mistakes.stream()
                .map(m -> file + ": " + (m.field().isEmpty() ? "" : m.field() + ": ") + m.rule())
                .collect(Collectors.joining("\n")));
    }
}
