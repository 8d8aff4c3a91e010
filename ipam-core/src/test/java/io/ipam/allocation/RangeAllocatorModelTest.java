package io.ipam.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Sequences of every operation against a sorted list of all units, with the invariants checked after each step. */
class RangeAllocatorModelTest {
    enum Ground {
        IPV4(Family.IPV4, 32, "10.0.0.0-10.0.0.40", "10.0.0.60-10.0.1.20"),
        IPV4_END(Family.IPV4, 32, "255.255.255.200-255.255.255.255"),
        IPV4_START(Family.IPV4, 32, "0.0.0.0-0.0.0.70"),
        IPV6_START(Family.IPV6, 128, "::-::50", "::60"),
        IPV6_END(Family.IPV6, 128, "ffff:ffff:ffff:ffff:ffff:ffff:ffff:ff80-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
        IPV4_IN_30(Family.IPV4, 30, "10.0.0.1-10.0.0.7", "10.0.0.10-10.0.0.12", "10.0.0.16-10.0.0.100"),
        IPV6_IN_64(Family.IPV6, 64, "2001:db8:0:0::-2001:db8:0:3f:ffff:ffff:ffff:ffff"),
        ONE(Family.IPV6, 128, "::1"),
        NOTHING(Family.IPV4, 32);

        final Family family;
        final int unitLength;
        final AddressSet set;
        final List<Address> units;

        Ground(Family family, int unitLength, String... ranges) {
            this.family = family;
            this.unitLength = unitLength;
            set = AddressSet.parse(family, Arrays.asList(ranges));
            units = unitsOf(set, unitLength);
        }

        private static List<Address> unitsOf(AddressSet set, int length) {
            List<Address> units = new ArrayList<>();
            for (AddressRange range : set.ranges()) {
                Optional<Address> at =
                        Optional.of(Prefix.masked(range.first(), length).base());
                while (at.isPresent() && at.get().compareTo(range.last()) <= 0) {
                    Prefix unit = new Prefix(at.get(), length);
                    if (range.contains(unit.range())) {
                        units.add(unit.base());
                    }
                    at = unit.last().isLast()
                            ? Optional.empty()
                            : Optional.of(unit.last().next());
                }
            }
            return units;
        }
    }

    record Action(Kind kind, int at, int number) {
        enum Kind {
            LOWEST,
            NEXT,
            RANDOM,
            KEY,
            GIVEN,
            SEVERAL,
            BLOCK,
            GIVEN_BLOCK,
            RELEASE,
            RELEASE_BLOCK,
            SNAPSHOT,
            RESTORE,
            THROUGH_BLOCKS
        }
    }

    /** The allocator and the model; every method does the same to both and compares. */
    private static final class Run {
        final Ground ground;
        RangeAllocator allocator;
        final TreeSet<Address> held = new TreeSet<>();
        final AddressCursor cursor = new AddressCursor();
        Address last;
        AllocatorSnapshot snapshot;
        TreeSet<Address> heldThen = new TreeSet<>();

        Run(Ground ground) {
            this.ground = ground;
            allocator = RangeAllocator.ofUnits(ground.set, ground.unitLength, 7);
            snapshot = allocator.state().snapshot();
        }

        List<Address> free() {
            return ground.units.stream().filter(u -> !held.contains(u)).toList();
        }

        void run(Action action) {
            Address given = given(action.at);
            int blockLength = ground.unitLength - action.number % 5;
            switch (action.kind) {
                case LOWEST -> took(allocator.allocate(), free().stream().findFirst());
                case NEXT -> took(allocator.allocate(AllocationOrder.NEXT), next());
                case RANDOM -> tookAny(allocator.allocate(AllocationOrder.RANDOM, cursor));
                case KEY -> key(action.at);
                case GIVEN -> {
                    assertEquals(outcome(List.of(given)), allocator.allocate(given));
                    if (ground.units.contains(given) && held.add(given)) {
                        last = given;
                    }
                }
                case SEVERAL -> several(1 + action.number);
                case BLOCK -> block(blockLength);
                case GIVEN_BLOCK -> givenBlock(Prefix.masked(given, blockLength));
                case RELEASE -> {
                    ReleaseOutcome expected = !ground.units.contains(given)
                            ? ReleaseOutcome.OUTSIDE
                            : held.remove(given) ? ReleaseOutcome.RELEASED : ReleaseOutcome.NOT_ALLOCATED;
                    assertEquals(expected, allocator.release(given));
                }
                case RELEASE_BLOCK -> releaseBlock(Prefix.masked(given, blockLength));
                case SNAPSHOT -> {
                    snapshot = allocator.state().snapshot();
                    heldThen = new TreeSet<>(held);
                }
                case RESTORE -> {
                    allocator.state().restore(snapshot);
                    held.clear();
                    held.addAll(heldThen);
                }
                case THROUGH_BLOCKS -> throughBlocks();
            }
        }

        /** Mostly a unit, now and then an address that is none. */
        private Address given(int at) {
            if (ground.units.isEmpty() || at % 16 == 15) {
                return ground.set.last().map(a -> a.isLast() ? a : a.next()).orElse(ground.family.last());
            }
            return ground.units.get(at % ground.units.size());
        }

        private void took(Optional<Address> actual, Optional<Address> expected) {
            assertEquals(expected, actual);
            expected.ifPresent(address -> {
                held.add(address);
                last = address;
            });
        }

        private Optional<Address> next() {
            return Stream.concat(free().stream().filter(u -> last != null && u.compareTo(last) > 0), free().stream())
                    .findFirst();
        }

        private void tookAny(boolean taken) {
            assertEquals(!free().isEmpty(), taken);
            if (taken) {
                Address address = cursor.toAddress(ground.family);
                assertTrue(ground.units.contains(address) && held.add(address), address::toString);
                last = address;
            }
        }

        private void key(int at) {
            List<Address> free = free();
            Optional<Address> first = allocator.allocateFor("key " + at);
            assertEquals(!free.isEmpty(), first.isPresent());
            first.ifPresent(address -> {
                assertTrue(free.contains(address));
                allocator.release(address);
                assertEquals(first, allocator.allocateFor("key " + at), "the same key comes to the same place");
                held.add(address);
                last = address;
            });
        }

        private void several(int n) {
            List<Address> free = free();
            Optional<List<Address>> expected = free.size() < n ? Optional.empty() : Optional.of(free.subList(0, n));
            assertEquals(expected, allocator.allocate(n, AllocationOrder.LOWEST));
            expected.ifPresent(all -> {
                held.addAll(all);
                last = all.get(n - 1);
            });
        }

        /** The units of a prefix, those outside the set too. */
        private List<Address> unitsOf(Prefix block) {
            return Ground.unitsOf(AddressSet.of(block), ground.unitLength);
        }

        private TakeOutcome outcome(List<Address> units) {
            if (!ground.units.containsAll(units)) {
                return TakeOutcome.OUTSIDE;
            }
            return units.stream().anyMatch(held::contains) ? TakeOutcome.TAKEN : TakeOutcome.ALLOCATED;
        }

        private void block(int length) {
            Optional<Prefix> expected = ground.units.stream()
                    .map(u -> Prefix.masked(u, length))
                    .distinct()
                    .filter(p -> outcome(unitsOf(p)) == TakeOutcome.ALLOCATED)
                    .findFirst();
            assertEquals(expected, allocator.allocateBlock(length));
            expected.ifPresent(this::tookBlock);
        }

        private void tookBlock(Prefix block) {
            held.addAll(unitsOf(block));
            last = held.floor(block.last());
        }

        private void givenBlock(Prefix block) {
            TakeOutcome expected = outcome(unitsOf(block));
            assertEquals(expected, allocator.allocate(block));
            if (expected == TakeOutcome.ALLOCATED) {
                tookBlock(block);
            }
        }

        private void releaseBlock(Prefix block) {
            List<Address> units = unitsOf(block);
            ReleaseOutcome expected;
            if (!ground.units.containsAll(units)) {
                expected = ReleaseOutcome.OUTSIDE;
            } else if (held.containsAll(units)) {
                expected = ReleaseOutcome.RELEASED;
                held.removeAll(units);
            } else {
                expected = units.stream().anyMatch(held::contains)
                        ? ReleaseOutcome.PARTLY_ALLOCATED
                        : ReleaseOutcome.NOT_ALLOCATED;
            }
            assertEquals(expected, allocator.release(block));
        }

        /** All state goes out and into a new allocator, which goes on. */
        private void throughBlocks() {
            List<AllocationBlock> blocks = allocator.state().exportBlocks();
            RangeAllocator other = RangeAllocator.ofUnits(ground.set, ground.unitLength, 8);
            other.state().importBlocks(blocks);
            allocator = other;
            last = null;
            if (!held.isEmpty()) {
                assertEquals(TakeOutcome.TAKEN, allocator.allocate(held.first()));
            }
        }

        void check() {
            allocator.state().verify();
            BigInteger total = BigInteger.valueOf(ground.units.size());
            BigInteger count = BigInteger.valueOf(held.size());
            assertEquals(total, allocator.total());
            assertEquals(count, allocator.allocated());
            assertEquals(total.subtract(count), allocator.free());
            assertEquals(held.size() == ground.units.size(), allocator.isExhausted());
            assertEquals(List.copyOf(held), units(allocator.allocatedRanges()));
            assertEquals(free(), units(allocator.freeRanges()));
            for (Address unit : ground.units) {
                assertEquals(held.contains(unit), allocator.isAllocated(unit));
                assertEquals(held.contains(unit), allocator.isAllocated(new Prefix(unit, ground.unitLength).last()));
            }
            assertEquals(List.copyOf(heldThen), units(snapshot.allocatedRanges()), "a snapshot does not change");
        }

        private List<Address> units(Stream<AddressRange> ranges) {
            return ranges.flatMap(r -> Ground.unitsOf(AddressSet.of(r), ground.unitLength).stream())
                    .toList();
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.of(Action.Kind.class),
                        Arbitraries.integers().between(0, 200),
                        Arbitraries.integers().between(0, 30))
                .as(Action::new)
                .list()
                .ofMaxSize(50);
    }

    @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
    void answersAsTheModel(@ForAll Ground ground, @ForAll("actions") List<Action> sequence) {
        Run run = new Run(ground);
        run.check();
        for (Action action : sequence) {
            run.run(action);
            run.check();
        }
    }
}
