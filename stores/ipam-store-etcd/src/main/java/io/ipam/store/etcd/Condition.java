package io.ipam.store.etcd;

import java.util.Optional;

/**
 * A condition of a transaction, etcd's {@code Compare}. It holds if it holds for the key, or for
 * every key of a range. Thread safety: immutable.
 *
 * @param kind the requirement
 * @param key the key, or the first key of the range
 * @param end the end of the range, exclusive; empty for one key
 * @param value the value that {@code EQUALS} requires
 * @param created the earliest revision of etcd that {@code CREATED_SINCE} allows
 */
record Condition(Kind kind, String key, String end, String value, long created) {
    private static final int EQUAL = 0;
    private static final int GREATER = 1;
    private static final int VERSION = 0;
    private static final int CREATE = 1;
    private static final int VALUE = 3;

    enum Kind {
        ABSENT,
        EXISTS,
        EQUALS,
        CREATED_SINCE
    }

    static Condition exists(String key) {
        return new Condition(Kind.EXISTS, key, "", "", 0);
    }

    static Condition is(String key, Optional<String> value) {
        return new Condition(value.isPresent() ? Kind.EQUALS : Kind.ABSENT, key, "", value.orElse(""), 0);
    }

    /** A folder must have no key. */
    static Condition isEmpty(String folder) {
        return new Condition(Kind.ABSENT, folder, Keys.endOf(folder), "", 0);
    }

    /** A folder must have a key, and no key that was created before a revision of etcd. */
    static Condition hasNoneBefore(String folder, long created) {
        return new Condition(Kind.CREATED_SINCE, folder, Keys.endOf(folder), "", created);
    }

    /** A key must exist, and must have been created at a revision of etcd or later. */
    static Condition isCreatedSince(String key, long created) {
        return new Condition(Kind.CREATED_SINCE, key, "", "", created);
    }

    /** The required value, empty if the key must be absent. */
    Optional<String> required() {
        return kind == Kind.EQUALS ? Optional.of(value) : Optional.empty();
    }

    /** A key that is absent has the version 0 and was created at the revision 0. */
    MessageWriter message() {
        MessageWriter message = new MessageWriter();
        switch (kind) {
            case ABSENT ->
                message.number(1, EQUAL).number(2, VERSION).text(3, key).presentNumber(4, 0);
            case EXISTS ->
                message.number(1, GREATER).number(2, VERSION).text(3, key).presentNumber(4, 0);
            case EQUALS ->
                message.number(1, EQUAL).number(2, VALUE).text(3, key).text(7, value);
            case CREATED_SINCE ->
                message.number(1, GREATER).number(2, CREATE).text(3, key).presentNumber(5, created - 1);
        }
        return message.text(64, end);
    }
}
