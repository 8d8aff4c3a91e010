package io.ipam.range;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import io.ipam.allocation.InvalidStateException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No call of an allocator keeps its lock, whatever its outcome: another thread can continue. */
class AllocatorUnlockedTest {
    private static final AddressSet SET = AddressSet.parse(Family.IPV4, List.of("10.0.0.0-10.0.0.15"));
    private static final Prefix BLOCK = Prefix.parse("10.0.0.8/30");
    private static final Address ADDRESS = Address.parse("10.0.0.1");

    /** After a call, the parent and the allocator of its first unit can be used. */
    private static DynamicTest afterOpen(String name, Consumer<PrefixAllocator> call) {
        return DynamicTest.dynamicTest(name, () -> {
            PrefixAllocator allocator = PrefixAllocator.of(SET, 30);
            RangeAllocator unit =
                    allocator.rangeAllocatorOf(allocator.allocate()).orElseThrow();
            call.accept(allocator);
            CompletableFuture<Boolean> other = new CompletableFuture<>();
            new Thread(() -> other.complete(unit.total().signum() < 0 || allocator.isExhausted())).start();
            assertFalse(other.get(60, TimeUnit.SECONDS));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyCall_onOpenUnits_holdsNoLock() {
        Prefix unit = Prefix.parse("10.0.0.0/30");
        AllocatorSnapshot none = PrefixAllocator.of(SET, 30).snapshot();
        return Stream.of(
                afterOpen("open", a -> a.rangeAllocatorOf(unit)),
                afterOpen(
                        "open otherwise",
                        a -> assertThrows(IllegalArgumentException.class, () -> a.prefixAllocatorOf(unit, 31))),
                afterOpen("open a free one", a -> a.rangeAllocatorOf(BLOCK)),
                afterOpen("release", a -> a.release(unit)),
                afterOpen("release if empty", a -> a.releaseIfEmpty(unit)),
                afterOpen("release if not empty", a -> {
                    a.rangeAllocatorOf(unit).orElseThrow().allocate();
                    a.releaseIfEmpty(unit);
                }),
                afterOpen("mark", a -> a.markFree(unit)),
                afterOpen("restore", a -> a.restore(none)),
                afterOpen("verify", UnitAllocator::verify));
    }

    private static DynamicTest after(String name, Consumer<RangeAllocator> call) {
        return DynamicTest.dynamicTest(name, () -> {
            RangeAllocator allocator = RangeAllocator.of(SET);
            call.accept(allocator);
            CompletableFuture<Boolean> other = new CompletableFuture<>();
            new Thread(() -> other.complete(allocator.isExhausted())).start();
            assertFalse(other.get(60, TimeUnit.SECONDS));
        });
    }

    @TestFactory
    Stream<DynamicTest> everyCall_atItsEnd_holdsNoLock() {
        AddressCursor cursor = new AddressCursor();
        AllocatorSnapshot foreign = PrefixAllocator.of(SET, 31).snapshot();
        return Stream.of(
                after("allocate", RangeAllocator::allocate),
                after("with a cursor", a -> a.tryAllocate(cursor)),
                after("by text", a -> a.allocateFor("key")),
                after("by number", a -> a.tryAllocateFor(7, cursor)),
                after("several", a -> a.allocateSeveral(3)),
                after("too many", a -> assertThrows(ExhaustedException.class, () -> a.allocateSeveral(17))),
                after("take", a -> a.take(ADDRESS)),
                after("block", a -> a.allocateBlock(30)),
                after("take block", a -> a.take(BLOCK)),
                after("release", a -> a.release(ADDRESS)),
                after("release block", a -> a.release(BLOCK)),
                after("mark", a -> a.markAllocated(BLOCK)),
                after("predicate", a -> a.isAllocated(ADDRESS)),
                after("exhausted", RangeAllocator::isExhausted),
                after("count", RangeAllocator::allocated),
                after("snapshot", RangeAllocator::snapshot),
                after("restore", a -> a.restore(a.snapshot())),
                after("restore refused", a -> assertThrows(InvalidStateException.class, () -> a.restore(foreign))),
                after("verify", RangeAllocator::verify));
    }
}
