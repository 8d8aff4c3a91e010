package io.ipam.store.etcd;

/**
 * A key and its value. All keys and values of this module are text. Thread safety: immutable.
 *
 * @param key the key
 * @param value the value
 * @param created the revision of etcd at which the key was created
 */
record KeyValue(String key, String value, long created) {
    static KeyValue read(MessageReader message) {
        String key = "";
        String value = "";
        long created = 0;
        while (message.next()) {
            switch (message.field()) {
                case 1 -> key = message.text();
                case 2 -> created = message.number();
                case 5 -> value = message.text();
                default -> {} // Other revisions, and leases.
            }
        }
        return new KeyValue(key, value, created);
    }
}
