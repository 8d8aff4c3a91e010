package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Prefix;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/**
 * Sequences of operations on a {@link PrefixAllocator} and the allocators of its units, against a
 * map from unit to allocated addresses.
 */
class OpenUnitsModelTest {
    enum Ground {
        ADDRESSES("10.0.0.0/28", 30, 32),
        ADDRESSES_AT_THE_END("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fff0/124", 126, 128),
        PREFIXES("2001:db8::/60", 62, 64),
        WHOLE_UNITS("255.255.255.248/29", 31, 31);

        final AddressSet set;
        final int unitLength;
        final int partLength;
        final List<Prefix> units;

        Ground(String prefix, int unitLength, int partLength) {
            set = AddressSet.of(Prefix.parse(prefix));
            this.unitLength = unitLength;
            this.partLength = partLength;
            units = Prefix.parse(prefix).subnets(unitLength).toList();
        }

        boolean isOfAddresses() {
            return partLength == set.family().bits();
        }
    }

    record Action(Kind kind, int unit, int part) {
        enum Kind {
            ALLOCATE,
            TAKE_BLOCK,
            RELEASE,
            RELEASE_IF_EMPTY,
            RELEASE_BLOCK,
            MARK_FREE,
            OPEN,
            ALLOCATE_PART,
            TAKE_PART,
            RELEASE_PART,
            SNAPSHOT,
            RESTORE
        }
    }

    /** The allocator of one unit, since it was opened. */
    private static final class Opened {
        final UnitAllocator allocator;
        final TreeSet<Address> taken = new TreeSet<>();
        boolean closed;

        Opened(UnitAllocator allocator) {
            this.allocator = allocator;
        }
    }

    private static final class Run {
        final Ground ground;
        final PrefixAllocator allocator;
        final TreeSet<Prefix> held = new TreeSet<>();
        final Map<Prefix, Opened> open = new HashMap<>();
        final List<Opened> ever = new ArrayList<>();
        AllocatorSnapshot snapshot;
        TreeSet<Prefix> heldThen = new TreeSet<>();

        Run(Ground ground) {
            this.ground = ground;
            allocator = PrefixAllocator.of(ground.set, ground.unitLength);
            snapshot = allocator.snapshot();
        }

        void run(Action action) {
            Prefix unit = ground.units.get(action.unit % ground.units.size());
            Prefix block = Prefix.masked(unit.base(), ground.unitLength - 1);
            switch (action.kind) {
                case ALLOCATE -> {
                    Optional<Prefix> lowest =
                            ground.units.stream().filter(u -> !held.contains(u)).findFirst();
                    assertEquals(lowest, allocator.tryAllocate());
                    lowest.ifPresent(held::add);
                }
                case TAKE_BLOCK -> {
                    if (allocator.take(block) == TakeOutcome.ALLOCATED) {
                        held.addAll(unitsOf(block));
                    }
                }
                case RELEASE -> {
                    assertEquals(releaseOutcome(unit), allocator.release(unit));
                    free(List.of(unit));
                }
                case RELEASE_IF_EMPTY -> releaseIfEmpty(unit);
                case RELEASE_BLOCK -> {
                    if (allocator.release(block) == ReleaseOutcome.RELEASED) {
                        free(unitsOf(block));
                    }
                }
                case MARK_FREE -> {
                    allocator.markFree(block);
                    free(unitsOf(block));
                }
                case OPEN -> openUnit(unit);
                case ALLOCATE_PART, TAKE_PART, RELEASE_PART -> onPart(action);
                case SNAPSHOT -> {
                    snapshot = allocator.snapshot();
                    heldThen = new TreeSet<>(held);
                }
                case RESTORE -> {
                    allocator.restore(snapshot);
                    free(ground.units.stream()
                            .filter(u -> !heldThen.contains(u))
                            .toList());
                    held.addAll(heldThen);
                }
            }
        }

        private List<Prefix> unitsOf(Prefix block) {
            return ground.units.stream().filter(block::contains).toList();
        }

        private ReleaseOutcome releaseOutcome(Prefix unit) {
            return held.contains(unit) ? ReleaseOutcome.RELEASED : ReleaseOutcome.NOT_ALLOCATED;
        }

        private void free(List<Prefix> units) {
            for (Prefix unit : units) {
                held.remove(unit);
                Opened opened = open.remove(unit);
                if (opened != null) {
                    opened.closed = true;
                }
            }
        }

        private void releaseIfEmpty(Prefix unit) {
            Opened opened = open.get(unit);
            if (opened != null && !opened.taken.isEmpty()) {
                assertEquals(ReleaseOutcome.NOT_EMPTY, allocator.releaseIfEmpty(unit));
            } else {
                assertEquals(releaseOutcome(unit), allocator.releaseIfEmpty(unit));
                free(List.of(unit));
            }
        }

        private void openUnit(Prefix unit) {
            Optional<? extends UnitAllocator> actual = ground.isOfAddresses()
                    ? allocator.rangeAllocatorOf(unit)
                    : allocator.prefixAllocatorOf(unit, ground.partLength);
            assertEquals(held.contains(unit), actual.isPresent());
            actual.ifPresent(found -> {
                Opened known = open.computeIfAbsent(unit, key -> new Opened(found));
                assertSame(known.allocator, found);
                assertEquals(AddressSet.of(unit), found.addresses());
                assertEquals(ground.partLength, found.unitLength());
                if (!ever.contains(known)) {
                    ever.add(known);
                }
            });
        }

        /** On any allocator that was ever opened, closed or not. */
        private void onPart(Action action) {
            if (ever.isEmpty()) {
                return;
            }
            Opened opened = ever.get(action.unit % ever.size());
            List<Prefix> parts = unitOf(opened).subnets(ground.partLength).toList();
            Prefix part = parts.get(action.part % parts.size());
            switch (action.kind) {
                case ALLOCATE_PART -> {
                    Optional<Address> lowest = opened.closed
                            ? Optional.empty()
                            : parts.stream()
                                    .map(Prefix::base)
                                    .filter(base -> !opened.taken.contains(base))
                                    .findFirst();
                    assertEquals(lowest, allocate(opened.allocator));
                    lowest.ifPresent(opened.taken::add);
                }
                case TAKE_PART -> {
                    boolean isNew = !opened.closed && opened.taken.add(part.base());
                    TakeOutcome other = opened.closed ? TakeOutcome.OUTSIDE : TakeOutcome.TAKEN;
                    assertEquals(isNew ? TakeOutcome.ALLOCATED : other, opened.allocator.take(part));
                }
                default -> {
                    boolean isTaken = !opened.closed && opened.taken.remove(part.base());
                    ReleaseOutcome other = opened.closed ? ReleaseOutcome.OUTSIDE : ReleaseOutcome.NOT_ALLOCATED;
                    assertEquals(isTaken ? ReleaseOutcome.RELEASED : other, opened.allocator.release(part));
                }
            }
        }

        private static Prefix unitOf(Opened opened) {
            return opened.allocator.addresses().prefixes().findFirst().orElseThrow();
        }

        private static Optional<Address> allocate(UnitAllocator allocator) {
            return allocator instanceof RangeAllocator addresses
                    ? addresses.tryAllocate()
                    : ((PrefixAllocator) allocator).tryAllocate().map(Prefix::base);
        }

        void check() {
            allocator.verify();
            assertEquals(List.copyOf(held), allocator.allocatedPrefixes().toList());
            assertEquals(BigInteger.valueOf(held.size()), allocator.allocated());
            for (Opened opened : ever) {
                UnitAllocator part = opened.allocator;
                int total = opened.closed ? 0 : 1 << (ground.partLength - ground.unitLength);
                int taken = opened.closed ? 0 : opened.taken.size();
                assertEquals(BigInteger.valueOf(total), part.total());
                assertEquals(BigInteger.valueOf(taken), part.allocated());
                assertEquals(BigInteger.valueOf(total - taken), part.free());
                assertEquals(total == taken, part.isExhausted());
                assertEquals(
                        opened.closed ? List.of() : List.copyOf(opened.taken),
                        part.snapshot().allocatedPrefixes().map(Prefix::base).toList());
            }
        }
    }

    @Provide
    Arbitrary<List<Action>> actions() {
        return Combinators.combine(
                        Arbitraries.of(Action.Kind.class),
                        Arbitraries.integers().between(0, 7),
                        Arbitraries.integers().between(0, 3))
                .as(Action::new)
                .list()
                .ofMinSize(5)
                .ofMaxSize(60);
    }

    @Property(tries = 1500, edgeCases = EdgeCasesMode.NONE)
    void anySequence_ofUnitsAndTheirParts_agreesWithTheModel(
            @ForAll Ground ground, @ForAll("actions") List<Action> actions) {
        Run run = new Run(ground);
        assertTrue(run.ground.units.size() >= 4);
        for (Action action : actions) {
            run.run(action);
            run.check();
        }
    }
}
