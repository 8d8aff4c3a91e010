package io.ipam.occupancy;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.bitmap.SetRuns;
import io.ipam.number.Position;
import io.ipam.number.Uint128;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * Sequences of changes against sets of numbers, on address sets with gaps, at the edges of both
 * families.
 */
class OccupancyTest {
    /** Address sets. A sequence identifies their addresses by distance from a base. */
    enum Ground {
        START_OF_IPV4(Family.IPV4, "0.0.0.0", "0.0.0.0-0.0.0.9", "0.0.0.16-0.0.0.99", "0.0.0.101"),
        END_OF_IPV4(Family.IPV4, "255.255.255.128", "255.255.255.130-255.255.255.255"),
        START_OF_IPV6(Family.IPV6, "::", "::-::7", "::20-::5f", "::70-ffff::"),
        END_OF_IPV6(
                Family.IPV6,
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff80",
                "::1:0-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffa0",
                "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffa8-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        ACROSS_2_TO_64(Family.IPV6, "::ffff:ffff:ffff:ffc0", "::ffff:ffff:ffff:ffd0-::1:0:0:0:20"),
        NOTHING(Family.IPV4, "10.0.0.0");

        final AddressSet set;
        final BigInteger base;

        Ground(Family family, String base, String... ranges) {
            set = AddressSet.parse(family, List.of(ranges));
            var first = io.ipam.address.Address.parse(family, base);
            this.base = Uint128.toBigInteger(first.high(), first.low());
        }
    }

    record Action(Kind kind, int at, int length) {
        enum Kind {
            TAKE,
            RELEASE,
            TAKE_RUN,
            RELEASE_RUN,
            TAKE_ALL,
            RELEASE_ALL,
            TAKE_NEXT,
            TAKE_RANDOM,
            TAKE_BY_KEY
        }
    }

    private static final int WINDOW = 128;

    /**
     * The model: the addresses of the set in the window, and the taken ones, which may be outside
     * it.
     */
    private static final class Model {
        final Ground ground;
        final Occupancy occupancy;
        final TreeSet<BigInteger> taken = new TreeSet<>();
        final Position out = new Position();

        Model(Ground ground) {
            this.ground = ground;
            occupancy = Occupancy.of(ground.set);
        }

        BigInteger address(int i) {
            return ground.base.add(BigInteger.valueOf(i));
        }

        boolean isMember(BigInteger a) {
            return a.bitLength() <= 128 && ground.set.rangeIndexOf(Uint128.high(a), Uint128.low(a)) >= 0;
        }

        void run(Action action) {
            BigInteger first = address(action.at);
            BigInteger last = first.add(BigInteger.valueOf(action.length - 1));
            long high = Uint128.high(first);
            long low = Uint128.low(first);
            switch (action.kind) {
                case TAKE -> {
                    assertEquals(isMember(first) && !taken.contains(first), occupancy.isFree(high, low));
                    assertEquals(isMember(first) && taken.add(first), occupancy.take(high, low));
                }
                case RELEASE -> {
                    assertEquals(taken.contains(first), occupancy.isTaken(high, low));
                    assertEquals(taken.remove(first), occupancy.release(high, low));
                }
                case TAKE_RUN -> {
                    boolean free = isRunOfMembers(first, last)
                            && taken.subSet(first, true, last, true).isEmpty();
                    long lastHigh = last.bitLength() > 128 ? 0 : Uint128.high(last);
                    if (last.bitLength() <= 128) {
                        assertEquals(free, occupancy.isRunFree(high, low, lastHigh, Uint128.low(last)));
                        assertEquals(free, occupancy.takeRun(high, low, lastHigh, Uint128.low(last)));
                    }
                    if (free) {
                        each(first, last).forEach(taken::add);
                    }
                }
                case RELEASE_RUN -> {
                    boolean held = taken.containsAll(each(first, last));
                    if (last.bitLength() <= 128) {
                        assertEquals(
                                held && isRunOfMembers(first, last),
                                occupancy.releaseRun(high, low, Uint128.high(last), Uint128.low(last)));
                    }
                    if (held && isRunOfMembers(first, last)) {
                        taken.removeAll(each(first, last));
                    }
                }
                case TAKE_ALL -> {
                    if (last.bitLength() <= 128) {
                        occupancy.takeAll(high, low, Uint128.high(last), Uint128.low(last));
                        each(first, last).stream().filter(this::isMember).forEach(taken::add);
                    }
                }
                case RELEASE_ALL -> {
                    if (last.bitLength() <= 128) {
                        occupancy.releaseAll(high, low, Uint128.high(last), Uint128.low(last));
                        taken.removeAll(each(first, last));
                    }
                }
                case TAKE_NEXT -> take(occupancy.nextFree(high, low, out), nextFree(first));
                case TAKE_RANDOM -> takeAny(occupancy.randomFree(action.at * 31L + action.length, out));
                case TAKE_BY_KEY -> takeAny(occupancy.freeByKey(action.at, out));
            }
        }

        private boolean isRunOfMembers(BigInteger first, BigInteger last) {
            return each(first, last).stream().allMatch(this::isMember);
        }

        private List<BigInteger> each(BigInteger first, BigInteger last) {
            List<BigInteger> all = new ArrayList<>();
            for (BigInteger a = first; a.compareTo(last) <= 0; a = a.add(BigInteger.ONE)) {
                all.add(a);
            }
            return all;
        }

        /**
         * The lowest free address at or after a start, found range by range; null if there is none.
         */
        private BigInteger nextFree(BigInteger from) {
            for (var range : ground.set.ranges()) {
                BigInteger a = value(range.first().high(), range.first().low()).max(from);
                while (taken.contains(a)) {
                    a = a.add(BigInteger.ONE);
                }
                if (a.compareTo(value(range.last().high(), range.last().low())) <= 0) {
                    return a;
                }
            }
            return null;
        }

        private void take(boolean found, BigInteger expected) {
            assertEquals(expected != null, found);
            if (found) {
                assertEquals(expected, value(out.high(), out.low()));
                takeAny(true);
            }
        }

        private void takeAny(boolean found) {
            assertEquals(!BigInteger.valueOf(taken.size()).equals(ground.set.size()), found);
            if (found) {
                BigInteger a = value(out.high(), out.low());
                assertEquals(true, isMember(a) && taken.add(a));
                assertEquals(true, occupancy.take(out.high(), out.low()));
            }
        }

        void check() {
            occupancy.verify();
            occupancy.takenCount(out);
            assertEquals(BigInteger.valueOf(taken.size()), value(out.high(), out.low()));
            assertEquals(taken.isEmpty(), occupancy.isEmpty());
            assertEquals(ground.set.size().equals(BigInteger.valueOf(taken.size())), occupancy.isFull());
            runs(occupancy.takenRuns(), true);
            runs(occupancy.freeRuns(), false);
        }

        private void runs(SetRuns runs, boolean areTaken) {
            Position first = new Position();
            Position last = new Position();
            BigInteger sum = BigInteger.ZERO;
            BigInteger end = BigInteger.valueOf(-1);
            while (runs.next(first, last)) {
                BigInteger a = value(first.high(), first.low());
                BigInteger b = value(last.high(), last.low());
                assertEquals(true, a.compareTo(end) > 0 && a.compareTo(b) <= 0);
                assertEquals(
                        areTaken ? b.subtract(a).add(BigInteger.ONE) : BigInteger.ZERO,
                        BigInteger.valueOf(taken.subSet(a, true, b, true).size()));
                assertEquals(true, isMember(a) && isMember(b));
                sum = sum.add(b.subtract(a)).add(BigInteger.ONE);
                end = b;
            }
            BigInteger held = BigInteger.valueOf(taken.size());
            assertEquals(areTaken ? held : ground.set.size().subtract(held), sum);
        }

        /** Compares with a search over every aligned block of the window. */
        void blocks(int bits) {
            boolean found = occupancy.nextFreeBlock(bits, out);
            BigInteger length = BigInteger.ONE.shiftLeft(bits);
            for (var range : ground.set.ranges()) {
                BigInteger a = value(range.first().high(), range.first().low())
                        .add(length)
                        .subtract(BigInteger.ONE)
                        .shiftRight(bits)
                        .shiftLeft(bits);
                BigInteger end = value(range.last().high(), range.last().low());
                for (; a.add(length).subtract(BigInteger.ONE).compareTo(end) <= 0; a = a.add(length)) {
                    if (taken.subSet(a, true, a.add(length), false).isEmpty()) {
                        assertEquals(true, found);
                        assertEquals(a, value(out.high(), out.low()));
                        return;
                    }
                }
            }
            assertEquals(false, found);
        }
    }

    private static BigInteger value(long high, long low) {
        return Uint128.toBigInteger(high, low);
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.of(Action.Kind.class),
                        Arbitraries.integers().between(0, WINDOW - 1),
                        Arbitraries.integers().between(1, 20))
                .as(Action::new)
                .list()
                .ofMaxSize(60);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void changes_anySequence_agreeWithModel(@ForAll Ground ground, @ForAll("actions") List<Action> sequence) {
        Model model = new Model(ground);
        for (Action action : sequence) {
            if (model.address(action.at).bitLength() <= ground.set.family().bits()) {
                model.run(action);
                model.check();
                model.blocks(action.length % 6);
            }
        }
    }

    @Test
    void takeAll_wholeIpv6_isFull() {
        Occupancy all =
                Occupancy.of(AddressSet.parse(Family.IPV6, List.of("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
        assertEquals(true, all.takeRun(0, 0, -1, -1));
        all.verify();
        assertEquals(true, all.isFull());
        Position out = new Position();
        assertEquals(false, all.lowestFree(out));
        assertEquals(false, all.randomFree(7, out));
        assertEquals(true, all.release(5, 6));
        all.verify();
        assertEquals(true, all.randomFree(7, out) && out.high() == 5 && out.low() == 6);
        assertEquals(true, all.take(5, 6) && all.isFull());
        assertEquals(true, all.releaseRun(0, 0, -1, -1) && all.isEmpty());
        assertEquals(true, all.nextFreeBlock(128, out) && out.high() == 0 && out.low() == 0);
    }

    @Test
    void copy_laterChange_isIndependent() {
        Occupancy first = Occupancy.of(Ground.START_OF_IPV4.set);
        first.take(0, 3);
        Occupancy second = first.copy();
        second.take(0, 4);
        first.release(0, 3);
        assertEquals(true, second.isTaken(0, 3) && second.isTaken(0, 4));
        assertEquals(true, first.isFree(0, 3) && first.isFree(0, 4));
    }
}
