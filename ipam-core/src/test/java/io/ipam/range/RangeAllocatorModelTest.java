package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.AllocationOrder;
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

/**
 * Sequences of all operations against a sorted list of all units, with the invariants checked after
 * each step.
 */
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

        Verbs allocator(AllocationOrder order) {
            return unitLength == family.bits()
                    ? new AddressVerbs(RangeAllocator.of(set, order, 7))
                    : new PrefixVerbs(PrefixAllocator.of(set, unitLength, order, 7));
        }
    }

    /** The verbs in which the allocators differ; a unit is its first address here. */
    private interface Verbs {
        UnitAllocator allocator();

        Address next();

        Optional<Address> tryNext();

        Optional<Address> byKey(String key);

        Optional<List<Address>> several(int n);

        TakeOutcome take(Address unit);

        ReleaseOutcome release(Address unit);
    }

    private record AddressVerbs(RangeAllocator allocator) implements Verbs {
        @Override
        public Address next() {
            return allocator.allocate();
        }

        @Override
        public Optional<Address> tryNext() {
            AddressCursor cursor = new AddressCursor();
            return allocator.tryAllocate(cursor) ? Optional.of(cursor.toAddress(allocator.family())) : Optional.empty();
        }

        @Override
        public Optional<Address> byKey(String key) {
            return allocator.tryAllocateFor(key);
        }

        @Override
        public Optional<List<Address>> several(int n) {
            return allocator.tryAllocateSeveral(n);
        }

        @Override
        public TakeOutcome take(Address unit) {
            return allocator.take(unit);
        }

        @Override
        public ReleaseOutcome release(Address unit) {
            return allocator.release(unit);
        }
    }

    private record PrefixVerbs(PrefixAllocator allocator) implements Verbs {
        @Override
        public Address next() {
            return base(allocator.allocate());
        }

        @Override
        public Optional<Address> tryNext() {
            return allocator.tryAllocate().map(this::base);
        }

        @Override
        public Optional<Address> byKey(String key) {
            return allocator.tryAllocateFor(key).map(this::base);
        }

        @Override
        public Optional<List<Address>> several(int n) {
            return allocator
                    .tryAllocateSeveral(n)
                    .map(all -> all.stream().map(this::base).toList());
        }

        @Override
        public TakeOutcome take(Address unit) {
            return allocator.take(new Prefix(unit, allocator.unitLength()));
        }

        @Override
        public ReleaseOutcome release(Address unit) {
            return allocator.release(new Prefix(unit, allocator.unitLength()));
        }

        private Address base(Prefix unit) {
            assertEquals(allocator.unitLength(), unit.length());
            return unit.base();
        }
    }

    record Action(Kind kind, int at, int number) {
        enum Kind {
            ALLOCATE,
            TRY_ALLOCATE,
            KEY,
            TAKE,
            SEVERAL,
            BLOCK,
            TAKE_BLOCK,
            RELEASE,
            RELEASE_BLOCK,
            MARK_ALLOCATED,
            MARK_FREE,
            SNAPSHOT,
            RESTORE,
            MOVE
        }
    }

    /** The allocator and the model; every method applies the same call to both and compares. */
    private static final class Run {
        final Ground ground;
        final AllocationOrder order;
        Verbs verbs;
        final TreeSet<Address> held = new TreeSet<>();
        Address last;
        AllocatorSnapshot snapshot;
        TreeSet<Address> heldThen = new TreeSet<>();
        Address lastThen;

        Run(Ground ground, AllocationOrder order) {
            this.ground = ground;
            this.order = order;
            verbs = ground.allocator(order);
            snapshot = verbs.allocator().snapshot();
        }

        List<Address> free() {
            return ground.units.stream().filter(u -> !held.contains(u)).toList();
        }

        void run(Action action) {
            Address given = given(action.at);
            int blockLength = ground.unitLength - action.number % 5;
            switch (action.kind) {
                case ALLOCATE -> allocate();
                case TRY_ALLOCATE -> took(verbs.tryNext());
                case KEY -> key(action.at);
                case TAKE -> {
                    assertEquals(outcome(List.of(given)), verbs.take(given));
                    if (ground.units.contains(given) && held.add(given)) {
                        last = given;
                    }
                }
                case SEVERAL -> several(1 + action.number);
                case BLOCK -> block(blockLength);
                case TAKE_BLOCK -> takeBlock(Prefix.masked(given, blockLength));
                case RELEASE -> {
                    ReleaseOutcome expected = !ground.units.contains(given)
                            ? ReleaseOutcome.OUTSIDE
                            : held.remove(given) ? ReleaseOutcome.RELEASED : ReleaseOutcome.NOT_ALLOCATED;
                    assertEquals(expected, verbs.release(given));
                }
                case RELEASE_BLOCK -> releaseBlock(Prefix.masked(given, blockLength));
                case MARK_ALLOCATED -> markAllocated(Prefix.masked(given, blockLength));
                case MARK_FREE -> markFree(Prefix.masked(given, blockLength));
                case SNAPSHOT -> {
                    snapshot = verbs.allocator().snapshot();
                    heldThen = new TreeSet<>(held);
                    lastThen = last;
                }
                case RESTORE -> {
                    verbs.allocator().restore(snapshot);
                    held.clear();
                    held.addAll(heldThen);
                    last = lastThen;
                }
                case MOVE -> move();
            }
        }

        /** Usually a unit, sometimes an address that is not a unit. */
        private Address given(int at) {
            if (ground.units.isEmpty() || at % 16 == 15) {
                Address beyond =
                        ground.set.last().map(a -> a.isLast() ? a : a.next()).orElse(ground.family.last());
                return Prefix.masked(beyond, ground.unitLength).base();
            }
            return ground.units.get(at % ground.units.size());
        }

        private void allocate() {
            if (free().isEmpty()) {
                assertThrows(ExhaustedException.class, verbs::next);
            } else {
                took(Optional.of(verbs.next()));
            }
        }

        private void took(Optional<Address> actual) {
            List<Address> free = free();
            switch (order) {
                case LOWEST -> assertEquals(free.stream().findFirst(), actual);
                case NEXT -> assertEquals(next(), actual);
                default -> {
                    assertEquals(!free.isEmpty(), actual.isPresent());
                    assertTrue(actual.isEmpty() || free.contains(actual.get()));
                }
            }
            actual.ifPresent(this::add);
        }

        private void add(Address unit) {
            held.add(unit);
            last = unit;
        }

        private Optional<Address> next() {
            return Stream.concat(free().stream().filter(u -> last != null && u.compareTo(last) > 0), free().stream())
                    .findFirst();
        }

        private void key(int at) {
            List<Address> free = free();
            Optional<Address> first = verbs.byKey("key " + at);
            assertEquals(!free.isEmpty(), first.isPresent());
            first.ifPresent(address -> {
                assertTrue(free.contains(address));
                verbs.release(address);
                assertEquals(first, verbs.byKey("key " + at), "equal keys have equal places");
                add(address);
            });
        }

        private void several(int n) {
            if (free().size() < n) {
                assertEquals(Optional.empty(), verbs.several(n));
                return;
            }
            List<Address> all = verbs.several(n).orElseThrow();
            assertEquals(n, all.size());
            all.forEach(unit -> took(Optional.of(unit)));
        }

        /** The units of a prefix, whether in the set or not. */
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
            assertEquals(expected, verbs.allocator().tryAllocateBlock(length));
            expected.ifPresent(this::tookBlock);
        }

        private void tookBlock(Prefix block) {
            held.addAll(unitsOf(block));
            last = held.floor(block.last());
        }

        private void takeBlock(Prefix block) {
            TakeOutcome expected = outcome(unitsOf(block));
            assertEquals(expected, verbs.allocator().take(block));
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
            assertEquals(expected, verbs.allocator().release(block));
        }

        private void markAllocated(Prefix block) {
            long changed = unitsOf(block).stream()
                    .filter(ground.units::contains)
                    .filter(held::add)
                    .count();
            assertEquals(BigInteger.valueOf(changed), verbs.allocator().markAllocated(block));
            assertEquals(BigInteger.ZERO, verbs.allocator().markAllocated(block), "it is idempotent");
        }

        private void markFree(Prefix block) {
            long changed = unitsOf(block).stream().filter(held::remove).count();
            assertEquals(BigInteger.valueOf(changed), verbs.allocator().markFree(block));
            assertEquals(BigInteger.ZERO, verbs.allocator().markFree(block), "it is idempotent");
        }

        /** Moves the state to a new allocator. */
        private void move() {
            Verbs other = ground.allocator(order);
            other.allocator().restore(verbs.allocator().snapshot());
            verbs = other;
        }

        void check() {
            UnitAllocator allocator = verbs.allocator();
            allocator.verify();
            BigInteger total = BigInteger.valueOf(ground.units.size());
            BigInteger count = BigInteger.valueOf(held.size());
            assertEquals(total, allocator.total());
            assertEquals(count, allocator.allocated());
            assertEquals(total.subtract(count), allocator.free());
            assertEquals(held.size() == ground.units.size(), allocator.isExhausted());
            assertEquals(List.copyOf(held), units(allocator.allocatedRanges()));
            assertEquals(free(), units(allocator.freeRanges()));
            AllocatorSnapshot now = allocator.snapshot();
            assertEquals(Optional.ofNullable(last), now.lastAllocated());
            assertEquals(
                    List.copyOf(held), now.allocatedPrefixes().map(Prefix::base).toList());
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
    Arbitrary<AllocationOrder> orders() {
        return Arbitraries.of(AllocationOrder.LOWEST, AllocationOrder.NEXT, AllocationOrder.RANDOM);
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

    @Property(tries = 200, edgeCases = EdgeCasesMode.NONE)
    void everyVerb_inAnySequence_equalsTheModel(
            @ForAll Ground ground, @ForAll("orders") AllocationOrder order, @ForAll("actions") List<Action> sequence) {
        Run run = new Run(ground, order);
        run.check();
        for (Action action : sequence) {
            run.run(action);
            run.check();
        }
    }
}
