package io.ipam.store.etcd;

import io.ipam.store.CommitId;
import io.ipam.store.Head;
import java.util.Locale;

/**
 * The text of a head: {@code REVISION|PROCESS|SEQUENCE|LAST_GENERATION|HELD|STAMP_MILLIS}, the
 * process as 16 hexadecimal digits. Equal heads have equal texts: a commit compares them.
 *
 * <p>Thread safety: stateless.
 */
final class HeadText {
    private HeadText() {}

    static String format(Head head) {
        return String.format(
                Locale.ROOT,
                "%d|%016x|%d|%d|%d|%d",
                head.revision(),
                head.id().process(),
                head.id().sequence(),
                head.lastGeneration(),
                head.held(),
                head.stampMillis());
    }

    /** The revision in the text of a head; 0 if it is none. */
    static long revision(String text) {
        int end = text.indexOf('|');
        try {
            return end < 0 ? 0 : Long.parseLong(text, 0, end, 10);
        } catch (NumberFormatException unreadable) {
            return 0;
        }
    }

    /** Reads the text of {@link #format}; IllegalArgumentException if it is none. */
    static Head parse(String text) {
        String[] parts = text.split("\\|", -1);
        if (parts.length != 6) {
            throw new IllegalArgumentException("a head must have 6 parts, has " + parts.length);
        }
        CommitId id = new CommitId(Long.parseUnsignedLong(parts[1], 16), Long.parseLong(parts[2]));
        Head head = new Head(
                Long.parseLong(parts[0]),
                id,
                Long.parseLong(parts[3]),
                Long.parseLong(parts[4]),
                Long.parseLong(parts[5]));
        if (!head.exists() || !format(head).equals(text)) {
            throw new IllegalArgumentException("the head must be written " + format(head));
        }
        return head;
    }
}
