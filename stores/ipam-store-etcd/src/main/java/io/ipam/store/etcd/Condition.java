package io.ipam.store.etcd;

import java.util.Optional;

/**
 * A condition of a transaction, etcd's {@code Compare}: a key must have a value, must be absent, or
 * must exist. Thread safety: immutable.
 */
record Condition(Kind kind, String key, String value) {
    private static final int EQUAL = 0;
    private static final int GREATER = 1;
    private static final int VERSION = 0;
    private static final int VALUE = 3;

    enum Kind {
        ABSENT,
        EXISTS,
        EQUALS
    }

    static Condition exists(String key) {
        return new Condition(Kind.EXISTS, key, "");
    }

    static Condition is(String key, Optional<String> value) {
        return new Condition(value.isPresent() ? Kind.EQUALS : Kind.ABSENT, key, value.orElse(""));
    }

    /** The required value, empty if the key must be absent. */
    Optional<String> required() {
        return kind == Kind.EQUALS ? Optional.of(value) : Optional.empty();
    }

    /** A key that is absent has the version 0. */
    MessageWriter message() {
        MessageWriter message = new MessageWriter()
                .number(1, kind == Kind.EXISTS ? GREATER : EQUAL)
                .number(2, kind == Kind.EQUALS ? VALUE : VERSION)
                .text(3, key);
        return kind == Kind.EQUALS ? message.text(7, value) : message.presentNumber(4, 0);
    }
}
