package io.ipam.pool;

import java.util.Comparator;

/**
 * The order of names by code point, which is the order of their UTF-8 bytes. {@link
 * String#compareTo} differs: it orders U+10000 before U+FFFF.
 */
enum NameOrder implements Comparator<String> {
    /** The only instance. */
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

    /** Orders surrogates, which encode code points above U+FFFF, after all other UTF-16 units. */
    private static int rank(char unit) {
        return Character.isSurrogate(unit) ? unit + 0x10000 : unit;
    }
}
