package io.ipam.store.etcd;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;

/**
 * Writes the fields of one protobuf message: each is a tag, which contains its number and kind, and
 * a varint or a length with bytes. Zero and the empty text are the defaults and are omitted.
 *
 * <p>Thread safety: none.
 */
final class MessageWriter {
    private static final int VARINT = 0;
    private static final int BYTES = 2;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    MessageWriter number(int field, long value) {
        return value == 0 ? this : presentNumber(field, value);
    }

    /** Writes the number even if it is 0, for the members of a {@code oneof}. */
    MessageWriter presentNumber(int field, long value) {
        varint((field << 3) | VARINT);
        varint(value);
        return this;
    }

    MessageWriter text(int field, String value) {
        return value.isEmpty() ? this : bytes(field, value.getBytes(UTF_8));
    }

    MessageWriter message(int field, MessageWriter value) {
        return bytes(field, value.bytes());
    }

    private MessageWriter bytes(int field, byte[] value) {
        varint((field << 3) | BYTES);
        varint(value.length);
        out.writeBytes(value);
        return this;
    }

    /** Seven bits per byte, the lowest first; the highest bit marks that another byte follows. */
    private void varint(long value) {
        long rest = value;
        while ((rest & ~0x7fL) != 0) {
            out.write((int) ((rest & 0x7f) | 0x80));
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    byte[] bytes() {
        return out.toByteArray();
    }
}
