package io.ipam.store.etcd;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The keys that a {@link Get} has found, in their order. Thread safety: immutable.
 *
 * @param pairs the keys and their values
 * @param more whether the limit of the request omitted keys
 */
record Range(List<KeyValue> pairs, boolean more) {
    /** The value of the only key, empty if it is absent. */
    Optional<String> value() {
        return pairs.stream().map(KeyValue::value).findFirst();
    }

    /** The start of the next page; empty if this is the last one. */
    Optional<String> next() {
        return more && !pairs.isEmpty()
                ? Optional.of(Keys.after(pairs.get(pairs.size() - 1).key()))
                : Optional.empty();
    }

    static Range read(MessageReader message) {
        List<KeyValue> pairs = new ArrayList<>();
        boolean more = false;
        while (message.next()) {
            switch (message.field()) {
                case 2 -> pairs.add(KeyValue.read(message.message()));
                case 3 -> more = message.flag();
                default -> {} // The header and the count.
            }
        }
        return new Range(pairs, more);
    }
}
