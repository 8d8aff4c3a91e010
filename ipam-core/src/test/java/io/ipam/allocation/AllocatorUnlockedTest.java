package io.ipam.allocation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Address;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.address.Prefix;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No call on an allocator leaves its lock behind, whatever comes of it: another thread can go on. */
class AllocatorUnlockedTest {
    private static final AddressSet SET = AddressSet.parse(Family.IPV4, List.of("10.0.0.0-10.0.0.15"));
    private static final Prefix BLOCK = Prefix.parse("10.0.0.8/30");
    private static final Address ADDRESS = Address.parse("10.0.0.1");

    private static DynamicTest after(String name, Consumer<RangeAllocator> call) {
        return DynamicTest.dynamicTest(name, () -> {
            RangeAllocator allocator = RangeAllocator.of(SET);
            call.accept(allocator);
            CompletableFuture<Boolean> other = new CompletableFuture<>();
            new Thread(() -> other.complete(allocator.isExhausted())).start();
            assertFalse(other.get(10, TimeUnit.SECONDS));
        });
    }

    @TestFactory
    Stream<DynamicTest> nothingStaysLocked() {
        AddressCursor cursor = new AddressCursor();
        AllocatorSnapshot foreign = RangeAllocator.ofUnits(SET, 31).state().snapshot();
        AllocationBlock bad = new AllocationBlock(ADDRESS, 32, 0, 0, 0, 0, 0);
        return Stream.of(
                after("allocate", RangeAllocator::allocate),
                after("allocate with a cursor", a -> a.allocate(AllocationOrder.NEXT, cursor)),
                after(
                        "order refused",
                        a -> assertThrows(
                                IllegalArgumentException.class, () -> a.allocate(AllocationOrder.HASH_OF_OWNER))),
                after("by text", a -> a.allocateFor("key")),
                after("by number", a -> a.allocateFor(7, cursor)),
                after("several", a -> a.allocate(3, AllocationOrder.LOWEST)),
                after("too many", a -> a.allocate(17, AllocationOrder.LOWEST)),
                after("given", a -> a.allocate(ADDRESS)),
                after("block", a -> a.allocateBlock(30)),
                after("given block", a -> a.allocate(BLOCK)),
                after("release", a -> a.release(ADDRESS)),
                after("release block", a -> a.release(BLOCK)),
                after("ask", a -> a.isAllocated(ADDRESS)),
                after("exhausted", RangeAllocator::isExhausted),
                after("count", RangeAllocator::allocated),
                after("snapshot", a -> a.state().snapshot()),
                after("restore", a -> a.state().restore(a.state().snapshot())),
                after(
                        "restore refused",
                        a -> assertThrows(
                                InvalidStateException.class, () -> a.state().restore(foreign))),
                after("export", a -> a.state().exportBlocks()),
                after("import", a -> a.state().importBlocks(List.of())),
                after(
                        "import refused",
                        a -> assertThrows(
                                InvalidStateException.class, () -> a.state().importBlocks(List.of(bad)))),
                after("verify", a -> a.state().verify()));
    }
}
