package io.ipam.store.etcd;

/** A key and its value. All keys and values of this module are text. Thread safety: immutable. */
record KeyValue(String key, String value) {
    static KeyValue read(MessageReader message) {
        String key = "";
        String value = "";
        while (message.next()) {
            switch (message.field()) {
                case 1 -> key = message.text();
                case 5 -> value = message.text();
                default -> {} // Revisions and leases.
            }
        }
        return new KeyValue(key, value);
    }
}
