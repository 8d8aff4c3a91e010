package io.ipam.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

/**
 * Reads the fields of one protobuf message; {@link MessageWriter} has the form. After {@link #next}
 * the value may be read once, or is skipped. Bytes that are no message throw
 * IllegalArgumentException.
 *
 * <p>Thread safety: none.
 */
final class MessageReader {
    private static final int LONGEST_VARINT = 10;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int field;
    private long number;
    private int start;

    MessageReader(byte[] bytes) {
        this(bytes, 0, bytes.length);
    }

    private MessageReader(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = end;
    }

    /** Moves to the next field; false at the end. */
    boolean next() {
        if (at == end) {
            return false;
        }
        long tag = varint();
        field = (int) (tag >>> 3);
        int kind = (int) (tag & 7);
        number = 0;
        start = at;
        switch (kind) {
            case 0 -> number = varint();
            case 1 -> skip(8);
            case 2 -> skipBytes();
            case 5 -> skip(4);
            default -> throw new IllegalArgumentException("field " + field + " has the unknown kind " + kind);
        }
        return true;
    }

    private void skipBytes() {
        long length = varint();
        start = at;
        skip(length);
    }

    private void skip(long length) {
        if (length < 0 || length > end - at) {
            throw new IllegalArgumentException("field " + field + " ends after its message");
        }
        at += (int) length;
    }

    private long varint() {
        long value = 0;
        for (int i = 0; i < LONGEST_VARINT && at < end; i++) {
            byte next = bytes[at++];
            value |= (next & 0x7fL) << (7 * i);
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a number does not end");
    }

    int field() {
        return field;
    }

    long number() {
        return number;
    }

    boolean flag() {
        return number != 0;
    }

    String text() {
        return new String(bytes, start, at - start, UTF_8);
    }

    MessageReader message() {
        return new MessageReader(bytes, start, at);
    }
}
