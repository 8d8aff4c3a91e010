package io.ipam.pool;

import java.nio.charset.StandardCharsets;

/** Names as Go sees them. */
final class Utf8 {
    /** What stands for a byte that does not start a character. */
    static final int REPLACEMENT = 0xFFFD;

    private Utf8() {}

    /** The UTF-8 form; a lone surrogate becomes U+FFFD, never '?', which means something in a pattern. */
    static byte[] bytes(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (Character.isSurrogate(text.charAt(i))) {
                return text.codePoints()
                        .map(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE
                                ? REPLACEMENT
                                : point)
                        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                        .toString()
                        .getBytes(StandardCharsets.UTF_8);
            }
        }
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** The character at {@code bytes[at]}; {@link #REPLACEMENT} where {@code at} is inside a character. */
    static int decode(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        int point = switch (width(bytes, at)) {
            case 1 -> first < 0x80 ? first : REPLACEMENT;
            case 2 -> first & 0x1F;
            case 3 -> first & 0x0F;
            default -> first & 0x07;
        };
        for (int i = 1; i < width(bytes, at); i++) {
            point = point << 6 | (bytes[at + i] & 0x3F);
        }
        return point;
    }

    /** The bytes of the character at {@code bytes[at]}; 1 where {@code at} is inside a character. */
    static int width(byte[] bytes, int at) {
        int first = bytes[at] & 0xFF;
        return first < 0xC0 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
    }
}
