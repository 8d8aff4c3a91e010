package io.ipam.store.etcd;

/**
 * A message of a watch, etcd's {@code WatchResponse}. Thread safety: immutable.
 *
 * @param canceled whether the server ended the watch
 */
record WatchEvent(boolean canceled) {
    static WatchEvent read(byte[] bytes) {
        MessageReader message = new MessageReader(bytes);
        boolean canceled = false;
        while (message.next()) {
            canceled |= message.field() == 4 && message.flag();
        }
        return new WatchEvent(canceled);
    }

    /** The request of a watch of one key. */
    static byte[] request(String key) {
        return new MessageWriter().message(1, new MessageWriter().text(1, key)).bytes();
    }
}
