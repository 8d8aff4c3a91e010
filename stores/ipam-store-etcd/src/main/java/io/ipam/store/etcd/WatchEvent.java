package io.ipam.store.etcd;

import java.util.Optional;

/**
 * A message of the watch of one key, etcd's {@code WatchResponse}. Thread safety: immutable.
 *
 * @param canceled whether the server ended the watch
 * @param value the last value that was written, if any
 */
record WatchEvent(boolean canceled, Optional<String> value) {
    static WatchEvent read(byte[] bytes) {
        MessageReader message = new MessageReader(bytes);
        boolean canceled = false;
        Optional<String> value = Optional.empty();
        while (message.next()) {
            switch (message.field()) {
                case 4 -> canceled = message.flag();
                case 11 -> value = Optional.of(event(message.message()));
                default -> {} // The header, and the numbers of the watch.
            }
        }
        return new WatchEvent(canceled, value);
    }

    /** The value of an event; empty after a deletion. */
    private static String event(MessageReader event) {
        String value = "";
        while (event.next()) {
            value = event.field() == 2 ? KeyValue.read(event.message()).value() : value;
        }
        return value;
    }

    /** The request of a watch of one key. */
    static byte[] request(String key) {
        return new MessageWriter().message(1, new MessageWriter().text(1, key)).bytes();
    }
}
