package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.pool;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The garbage of a catalog update does not depend on the number of held addresses. */
class UpdateCostTest {
    private static final int HELD = 255 * 256;
    private static final int MOST_BYTES = 64 * 1024;

    private static final Pool WHOLE = pool("a", "10.1.0.0/16", "10.1.0.0-10.1.255.255");
    private static final Pool SMALLER = pool("a", "10.1.0.0/16", "10.1.0.0-10.1.254.255");

    private final IpamFixture fixture = new IpamFixture(WHOLE);

    private static PoolSnapshot.Held held(int number) {
        Address address = Address.parse("10.1." + number / 256 + "." + number % 256);
        return new PoolSnapshot.Held(address, pod("" + number), "eth0", number + 1);
    }

    private long bytesToUpdate(PoolCatalog next) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long thread = Thread.currentThread().getId();
        PoolCatalog before = fixture.ipam.catalog();
        long start = threads.getThreadAllocatedBytes(thread);
        boolean isUpdated = fixture.ipam.update(before, next).isUpdated();
        long bytes = threads.getThreadAllocatedBytes(thread) - start;
        assertTrue(isUpdated);
        return bytes;
    }

    /** The first update also allocates for class loading. */
    @Test
    void update_fullPoolLosesItsFreeAddresses_makesNoObjectForAHeldOne() {
        List<PoolSnapshot.Held> all =
                IntStream.range(0, HELD).mapToObj(UpdateCostTest::held).toList();
        fixture.ipam.state().restore(StateSnapshot.of(List.of(PoolSnapshot.of("a", all))), RestoreMode.REFUSE);
        assertEquals(HELD + " held, 0 cooling, 0 reserved, 256 free", fixture.usage("a"));
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 5; i++) {
            least = Math.min(least, bytesToUpdate(fixture.ipam.catalog().with(SMALLER)));
            bytesToUpdate(fixture.ipam.catalog().with(WHOLE));
        }
        assertTrue(least <= MOST_BYTES, least + " B");
        assertEquals(List.of(), fixture.ipam.state().verify());
    }
}
