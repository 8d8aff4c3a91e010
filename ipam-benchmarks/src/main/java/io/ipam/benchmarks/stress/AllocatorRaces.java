package io.ipam.benchmarks.stress;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.allocation.AllocationOrder;
import io.ipam.range.RangeAllocator;
import io.ipam.range.ReleaseOutcome;
import io.ipam.range.TakeOutcome;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;
import org.openjdk.jcstress.infra.results.II_Result;
import org.openjdk.jcstress.infra.results.Z_Result;

/**
 * Races for the last addresses of a RangeAllocator. A number is the last byte of an address; -1
 * means exhausted.
 */
public final class AllocatorRaces {
    private AllocatorRaces() {}

    private static AddressSet range(int last) {
        return AddressSet.of(AddressRange.parse("10.0.0.0-10.0.0." + last));
    }

    private static Address address(int i) {
        return Address.parse("10.0.0." + i);
    }

    private static int next(RangeAllocator allocator) {
        return allocator.tryAllocate().map(a -> (int) a.low() & 255).orElse(-1);
    }

    /** Two threads, two addresses. */
    @JCStressTest
    @Description("Two threads take the last two addresses: each gets one, and not the same.")
    @Outcome(
            id = {"0, 1", "1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "one each")
    @Outcome(expect = Expect.FORBIDDEN, desc = "allocated twice, or a false exhausted")
    @State
    public static class TwoForTwo {
        private final RangeAllocator allocator = RangeAllocator.of(range(1));

        @Actor
        public void one(II_Result r) {
            r.r1 = next(allocator);
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = next(allocator);
        }
    }

    /** Two threads, one address. */
    @JCStressTest
    @Description("Two threads take the last address at random: one gets it.")
    @Outcome(
            id = {"0, -1", "-1, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "one of them")
    @Outcome(expect = Expect.FORBIDDEN, desc = "allocated twice, or lost")
    @State
    public static class TwoForOne {
        private final RangeAllocator allocator = RangeAllocator.of(range(0), AllocationOrder.RANDOM, 1);

        @Actor
        public void one(II_Result r) {
            r.r1 = random();
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = random();
        }

        private int random() {
            return next(allocator);
        }
    }

    /** An address is free at any time. */
    @JCStressTest
    @Description("Of four addresses 3 is free until 0 is released: each request gets one of them.")
    @Outcome(
            id = {"0, 1", "3, 0"},
            expect = Expect.ACCEPTABLE,
            desc = "found what was free")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a false exhausted")
    @State
    public static class NeverExhausted {
        private final RangeAllocator allocator = RangeAllocator.of(range(3));

        /** 0, 1 and 2 are taken. */
        public NeverExhausted() {
            allocator.allocateSeveral(3);
        }

        @Actor
        public void seeker(II_Result r) {
            r.r1 = next(allocator);
        }

        @Actor
        public void mover(II_Result r) {
            allocator.release(address(0));
            r.r2 = allocator.take(address(3)) == TakeOutcome.ALLOCATED ? 1 : 0;
        }
    }

    /** Several at once. */
    @JCStressTest
    @Description("Two threads request two of three addresses while a third thread counts: both or none, never one.")
    @Outcome(
            id = {"2, 0, 0, 2", "2, 0, 2, 2", "0, 2, 0, 2", "0, 2, 2, 2"},
            expect = Expect.ACCEPTABLE,
            desc = "all or none")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a part of a request was seen, or both were served")
    @State
    public static class AllOrNone {
        private final RangeAllocator allocator = RangeAllocator.of(range(2));

        @Actor
        public void one(IIII_Result r) {
            r.r1 = two();
        }

        @Actor
        public void other(IIII_Result r) {
            r.r2 = two();
        }

        @Actor
        public void counter(IIII_Result r) {
            r.r3 = allocator.allocated().intValue();
        }

        @Arbiter
        public void after(IIII_Result r) {
            r.r4 = allocator.allocated().intValue();
        }

        private int two() {
            return allocator.tryAllocateSeveral(2).map(List::size).orElse(0);
        }
    }

    /** One release succeeds. */
    @JCStressTest
    @Description("Two threads release the same address: one of them succeeds.")
    @Outcome(
            id = {"1, 0", "0, 1"},
            expect = Expect.ACCEPTABLE,
            desc = "released once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "released twice, or never")
    @State
    public static class ReleasedOnce {
        private final RangeAllocator allocator = RangeAllocator.of(range(0));

        /** 0 is taken. */
        public ReleasedOnce() {
            allocator.allocate();
        }

        @Actor
        public void one(II_Result r) {
            r.r1 = allocator.release(address(0)) == ReleaseOutcome.RELEASED ? 1 : 0;
        }

        @Actor
        public void other(II_Result r) {
            r.r2 = allocator.release(address(0)) == ReleaseOutcome.RELEASED ? 1 : 0;
        }
    }

    /** Many bits of one word. */
    @JCStressTest
    @Description("Two threads change neighbouring bits: no change is lost, and the sums still hold.")
    @Outcome(id = "true", expect = Expect.ACCEPTABLE, desc = "every change is there")
    @Outcome(expect = Expect.FORBIDDEN, desc = "a change was lost")
    @State
    public static class NothingLost {
        private final RangeAllocator allocator = RangeAllocator.of(range(63));

        @Actor
        public void even() {
            turn(0);
        }

        @Actor
        public void odd() {
            turn(1);
        }

        private void turn(int first) {
            for (int i = first; i < 64; i += 2) {
                allocator.take(0, 0x0A000000 + i);
            }
            allocator.release(0, 0x0A000000 + first);
        }

        @Arbiter
        public void after(Z_Result r) {
            allocator.verify();
            r.r1 = allocator.allocated().intValue() == 62
                    && !allocator.isAllocated(address(0))
                    && !allocator.isAllocated(address(1));
        }
    }
}
