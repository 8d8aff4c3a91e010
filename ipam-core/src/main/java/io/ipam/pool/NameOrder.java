package io.ipam.pool;

import java.util.Comparator;

/**
 * The order of names by code point, which is that of their UTF-8 bytes; {@link String#compareTo}
 * puts U+10000 before U+FFFF.
 */
enum NameOrder implements Comparator<String> {
    /** The only one. */
    BY_CODE_POINT;

    @Override
    public int compare(String left, String right) {
        int common = Math.min(left.length(), right.length());
        for (int i = 0; i < common; i++) {
            char a = left.charAt(i);
            char b = right.charAt(i);
            if (a != b) {
                return rank(a) - rank(b);
            }
        }
        return left.length() - right.length();
    }

    /**
     * Moves surrogates, which stand for code points above U+FFFF, behind all other UTF-16 units.
     */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
