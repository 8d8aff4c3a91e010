package io.ipam.pool;

import java.util.List;

/** The part of a pattern up to the next {@code *}. Thread safety: immutable. */
final class PatternChunk {
    private final boolean afterStar;
    private final Atom[] atoms;

    /**
     * A part.
     *
     * @param afterStar whether {@code *} stands before it
     * @param atoms what follows, without any {@code *}
     */
    PatternChunk(boolean afterStar, List<Atom> atoms) {
        this.afterStar = afterStar;
        this.atoms = atoms.toArray(Atom[]::new);
    }

    /** Matches one character, or one byte of a literal character. */
    sealed interface Atom {
        /** The end of the match that starts at {@code at}, which is before the end of the name; -1 for no match. */
        int end(byte[] name, int at);
    }

    /** One byte of a literal character. */
    record Literal(byte value) implements Atom {
        @Override
        public int end(byte[] name, int at) {
            return name[at] == value ? at + 1 : -1;
        }
    }

    /** {@code ?}. */
    record AnyCharacter() implements Atom {
        @Override
        public int end(byte[] name, int at) {
            return name[at] == '/' ? -1 : at + Utf8.width(name, at);
        }
    }

    /**
     * {@code [a-z]}; unlike {@code ?} a negated one takes {@code /}, as in Go.
     *
     * @param negated whether the ranges are those that do not match
     * @param ranges what it lists
     */
    record CharacterClass(boolean negated, List<PointRange> ranges) implements Atom {
        @Override
        public int end(byte[] name, int at) {
            int point = Utf8.decode(name, at);
            boolean found = false;
            for (PointRange range : ranges) {
                found |= range.low <= point && point <= range.high;
            }
            return found == negated ? -1 : at + Utf8.width(name, at);
        }
    }

    /** Code points from low to high, both included; none if low is above high. */
    record PointRange(int low, int high) {}

    /**
     * The end of the leftmost match at or, after a star, behind {@code at}; the last chunk must end with the name. -1 for none.
     */
    int findEnd(byte[] name, int at, boolean last) {
        for (int start = at; start <= name.length; start++) {
            int end = matchEnd(name, start);
            if (end >= 0 && !(last && end < name.length)) {
                return end;
            }
            if (!afterStar || (start < name.length && name[start] == '/')) {
                return -1;
            }
        }
        return -1;
    }

    private int matchEnd(byte[] name, int start) {
        int at = start;
        for (Atom atom : atoms) {
            at = at < name.length ? atom.end(name, at) : -1;
            if (at < 0) {
                return -1;
            }
        }
        return at;
    }
}
