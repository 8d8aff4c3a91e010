package io.ipam.store.etcd;

/** An operation of a transaction, etcd's {@code RequestOp}. Thread safety: immutable. */
sealed interface Operation permits Get, Operation.Put, Operation.Delete {
    /** The operation as a message. */
    MessageWriter message();

    /** Writes a key. */
    record Put(String key, String value) implements Operation {
        @Override
        public MessageWriter message() {
            return new MessageWriter()
                    .message(2, new MessageWriter().text(1, key).text(2, value));
        }
    }

    /** Deletes one key, or a range of keys if {@code end} is not empty. */
    record Delete(String key, String end) implements Operation {
        static Delete one(String key) {
            return new Delete(key, "");
        }

        @Override
        public MessageWriter message() {
            return new MessageWriter()
                    .message(3, new MessageWriter().text(1, key).text(2, end));
        }
    }
}
