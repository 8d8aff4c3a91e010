package io.ipam.bitmap;

import io.ipam.number.Position;
import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.BitSet;

/**
 * A form, and the place of a test domain 0..n-1 in its positions; all other positions stay clear.
 */
enum BitmapForm {
    DENSE,
    /** Sparse, with only the domain. */
    SPARSE,
    /** The middle of 2^64 positions, at the sign change of a long. */
    SPARSE_MIDDLE_OF_64_BITS,
    /** The end of 2^64 positions. */
    SPARSE_END_OF_64_BITS,
    /** Around position 2^64 of 2^80. */
    SPARSE_AROUND_2_TO_64,
    /** The end of 2^128 positions. */
    SPARSE_END_OF_128_BITS;

    private static final BigInteger ONE = BigInteger.ONE;

    BigInteger base(int n) {
        return switch (this) {
            case DENSE, SPARSE -> BigInteger.ZERO;
            case SPARSE_MIDDLE_OF_64_BITS -> ONE.shiftLeft(63).subtract(BigInteger.valueOf(n / 2));
            case SPARSE_END_OF_64_BITS -> ONE.shiftLeft(64).subtract(BigInteger.valueOf(n));
            case SPARSE_AROUND_2_TO_64 -> ONE.shiftLeft(64).subtract(BigInteger.valueOf(n / 2));
            case SPARSE_END_OF_128_BITS -> ONE.shiftLeft(128).subtract(BigInteger.valueOf(n));
        };
    }

    private BigInteger last(int n) {
        return switch (this) {
            case DENSE, SPARSE -> BigInteger.valueOf(n - 1);
            case SPARSE_MIDDLE_OF_64_BITS, SPARSE_END_OF_64_BITS ->
                ONE.shiftLeft(64).subtract(ONE);
            case SPARSE_AROUND_2_TO_64 -> ONE.shiftLeft(80).subtract(ONE);
            case SPARSE_END_OF_128_BITS -> ONE.shiftLeft(128).subtract(ONE);
        };
    }

    /** A bitmap of this form and its oracle, both with a domain of n clear positions. */
    Subject of(int n) {
        BigInteger last = last(n);
        Bitmap bitmap = this == DENSE ? new DenseBitmap(n) : new SparseBitmap(Uint128.high(last), Uint128.low(last));
        return new Subject(bitmap, base(n), last, n, new BitSet());
    }

    /** The operations of both on the domain. Their results are compared, then returned. */
    record Subject(Bitmap bitmap, BigInteger base, BigInteger last, int n, BitSet oracle) {
        long high(int i) {
            return Uint128.high(base.add(BigInteger.valueOf(i)));
        }

        long low(int i) {
            return Uint128.low(base.add(BigInteger.valueOf(i)));
        }

        boolean get(int i) {
            return same("get " + i, oracle.get(i), bitmap.get(high(i), low(i)));
        }

        boolean set(int i) {
            boolean changes = !oracle.get(i);
            oracle.set(i);
            return same("set " + i, changes, bitmap.set(high(i), low(i)));
        }

        boolean clear(int i) {
            boolean changes = oracle.get(i);
            oracle.clear(i);
            return same("clear " + i, changes, bitmap.clear(high(i), low(i)));
        }

        boolean setRun(int first, int last) {
            boolean changes = isClearInOracle(first, last);
            if (changes) {
                oracle.set(first, last + 1);
            }
            return same(
                    "setRun " + first + "-" + last,
                    changes,
                    bitmap.setRun(high(first), low(first), high(last), low(last)));
        }

        boolean clearRun(int first, int last) {
            boolean changes = oracle.nextClearBit(first) > last;
            if (changes) {
                oracle.clear(first, last + 1);
            }
            return same(
                    "clearRun " + first + "-" + last,
                    changes,
                    bitmap.clearRun(high(first), low(first), high(last), low(last)));
        }

        private boolean isClearInOracle(int first, int last) {
            int set = oracle.nextSetBit(first);
            return set < 0 || set > last;
        }

        boolean isClear(int first, int last) {
            return same(
                    "isClear " + first + "-" + last,
                    isClearInOracle(first, last),
                    bitmap.isClear(high(first), low(first), high(last), low(last)));
        }

        /** The next clear position of the domain, or n if there is none. */
        int nextClear(int from) {
            Position out = new Position();
            boolean found = bitmap.nextClear(high(from), low(from), out);
            int expected = oracle.nextClearBit(from);
            boolean beyond = position(n).compareTo(last) > 0; // No position follows the domain.
            same("nextClear " + from + " finds", expected < n || !beyond, found);
            if (found) {
                same("nextClear " + from, position(expected), value(out));
            }
            return expected;
        }

        /** Sets the lowest clear position of the domain; -1 if there is none. */
        int setLowestClear() {
            int expected = oracle.nextClearBit(0);
            if (expected >= n) {
                return -1;
            }
            Position out = new Position();
            if (base.signum() == 0) {
                same("setLowestClear finds", true, bitmap.setLowestClear(out));
                same("setLowestClear", position(expected), value(out));
            } else {
                same("set " + expected, true, bitmap.set(high(expected), low(expected)));
            }
            oracle.set(expected);
            return expected;
        }

        void nextClearBlock(int from, int bits, int to) {
            int expected = from;
            int length = 1 << bits;
            while (expected + length - 1 <= to && !isClearInOracle(expected, expected + length - 1)) {
                expected += length;
            }
            Position out = new Position();
            boolean found = bitmap.nextClearBlock(high(from), low(from), bits, high(to), low(to), out);
            String what = "nextClearBlock " + from + " " + bits + " " + to;
            same(what + " finds", expected + length - 1 <= to, found);
            if (found) {
                same(what, position(expected), value(out));
            }
        }

        /**
         * Selects a position of the domain, if it is clear, by the number of clear positions before
         * it.
         */
        void select(int i) {
            if (!oracle.get(i)) {
                int before = oracle.get(0, i).cardinality();
                same("selectClear " + i, position(i), selected(position(i).subtract(BigInteger.valueOf(before))));
            }
        }

        private BigInteger selected(BigInteger rank) {
            if (bitmap instanceof DenseBitmap dense) {
                return BigInteger.valueOf(dense.selectClear(rank.intValueExact()));
            }
            Position found = new Position();
            same("select finds", true, isSelected(rank, found));
            return value(found);
        }

        private boolean isSelected(BigInteger rank, Position found) {
            return ((SparseBitmap) bitmap).selectClear(Uint128.high(rank), Uint128.low(rank), found);
        }

        void noRankBeyond() {
            BigInteger clear = last.add(BigInteger.ONE).subtract(BigInteger.valueOf(oracle.cardinality()));
            if (clear.bitLength() <= 128 && bitmap instanceof SparseBitmap) {
                same("selectClear beyond", false, isSelected(clear, new Position()));
            }
        }

        void counts() {
            Position out = new Position();
            bitmap.cardinality(out);
            same("cardinality", BigInteger.valueOf(oracle.cardinality()), value(out));
            same("isEmpty", oracle.isEmpty(), bitmap.isEmpty());
            boolean whole = last.equals(BigInteger.valueOf(n - 1));
            same("isFull", whole && oracle.cardinality() == n, bitmap.isFull());
        }

        void runs(int from) {
            SetRuns runs = bitmap.runs(high(from), low(from));
            Position first = new Position();
            Position last = new Position();
            for (int i = oracle.nextSetBit(from); i >= 0; ) {
                int end = oracle.nextClearBit(i);
                same("runs continue to " + i, true, runs.next(first, last));
                same("run from", position(i), value(first));
                same("run to", position(end - 1), value(last));
                i = oracle.nextSetBit(end);
            }
            same("runs end", false, runs.next(first, last));
            same("runs have ended", false, runs.next(first, last));
        }

        BigInteger position(int i) {
            return base.add(BigInteger.valueOf(i));
        }

        static BigInteger value(Position p) {
            return Uint128.toBigInteger(p.high(), p.low());
        }

        private <T> T same(String what, T expected, T actual) {
            if (!expected.equals(actual)) {
                throw new AssertionError(what + ": is " + actual + ", must be " + expected + " in " + bitmap);
            }
            return actual;
        }
    }
}
