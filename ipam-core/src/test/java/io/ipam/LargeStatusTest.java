package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Pools.v6;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.ipam.address.Family;
import io.ipam.allocation.AllocationEvent;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Workload;
import io.ipam.store.InMemoryStore;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The estimated size of a status text, and the event past its limit. */
class LargeStatusTest {
    /** 37 fixed bytes, 15 of an address, 4 of shop, 5 of pod-1, and 1 of the uid. */
    private static final int RECORD = 62;

    private final List<AllocationEvent.LargeStatus> events = new ArrayList<>();
    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 50), v6("b", 2, 9));

    private void limit(long bytes) {
        fixture.with(fixture.settings.withStatusLimitBytes(bytes).withListener(event -> {
            if (event instanceof AllocationEvent.LargeStatus large) {
                events.add(large);
            }
        }));
    }

    private long bytes(String pool) {
        return fixture.ipam.state().statusBytes(pool).orElseThrow();
    }

    @Test
    void statusBytes_grantsAndReleases_isTheSumOfTheRecords() {
        assertEquals(0, bytes("a"));
        fixture.get(pod("1"), of("a"));
        fixture.get(pod("2"), of("a"));
        assertEquals(2 * RECORD, bytes("a"));
        fixture.ipam.release(pod("1"));
        assertEquals(RECORD, bytes("a"));
        assertEquals(OptionalLong.empty(), fixture.ipam.state().statusBytes("unknown"));
    }

    @Test
    void statusBytes_ipv6_countsTheLongestAddress() {
        fixture.get(pod("1"), PoolSelections.none().withPod(PoolNames.of(Family.IPV6, "b")));
        assertEquals(RECORD + 24, bytes("b"));
    }

    @Test
    void statusBytes_renewedUnderALongerUid_grows() {
        fixture.get(db("1"), of("a"));
        long before = bytes("a");
        fixture.get(db("1234"), of("a"));
        assertEquals(before + 3, bytes("a"));
    }

    @Test
    void grant_pastTheLimit_isReportedOnceUntilItIsWellBelow() {
        limit(16 * RECORD - 1);
        for (int i = 0; i < 18; i++) {
            fixture.get(pod("" + (char) ('a' + i)), of("a"));
        }
        assertEquals(List.of(new AllocationEvent.LargeStatus("a", 16 * RECORD, 16 * RECORD - 1, 16)), events);
        fixture.ipam.release(pod("a"));
        fixture.ipam.release(pod("b"));
        fixture.ipam.release(pod("c")); // 15 records, above seven eighths
        fixture.get(pod("x"), of("a"));
        assertEquals(1, events.size());
        for (char owner = 'd'; owner <= 'h'; owner++) {
            fixture.ipam.release(pod("" + owner));
        }
        for (char owner = 'a'; owner <= 'h'; owner++) {
            fixture.get(pod("" + owner), of("a"));
        }
        assertEquals(2, events.size());
    }

    @Test
    void limit_notPositive_isRefused() {
        assertThrows(
                IllegalArgumentException.class, () -> IpamSettings.defaults().withStatusLimitBytes(0));
        assertEquals(1_048_576, IpamSettings.defaults().statusLimitBytes());
    }

    @Test
    void grant_pastTheLimitOverAStore_isReportedByEachProcess() throws InterruptedException {
        InMemoryStore store = new InMemoryStore();
        BlockingQueue<AllocationEvent> here = new LinkedBlockingQueue<>();
        BlockingQueue<AllocationEvent> there = new LinkedBlockingQueue<>();
        IpamSettings settings = IpamSettings.defaults().withStatusLimitBytes(2 * RECORD - 1);
        try (Ipam one = Ipam.create(store.session(), PoolCatalog.of(v4("a", 1, 9)), settings.withListener(here::add));
                Ipam other = Ipam.open(store.session(), settings.withListener(there::add))) {
            for (Owner owner : List.of(pod("1"), pod("2"), pod("3"))) {
                one.allocate(Workload.of(owner), of("a")).orElseThrow();
            }
            other.sync();
            AllocationEvent.LargeStatus expected = new AllocationEvent.LargeStatus("a", 2 * RECORD, 2 * RECORD - 1, 2);
            assertEquals(expected, there.poll(60, TimeUnit.SECONDS));
            other.allocate(Workload.of(pod("4")), of("a")).orElseThrow();
            assertInstanceOf(AllocationEvent.Granted.class, there.poll(60, TimeUnit.SECONDS));
            for (int i = 0; i < 4; i++) {
                AllocationEvent event = here.poll(60, TimeUnit.SECONDS);
                assertEquals(i == 1, expected.equals(event), "" + event);
            }
        }
    }

    @Test
    void grant_exactlyTheLimit_isNotReported() {
        limit(RECORD);
        fixture.get(pod("1"), of("a"));
        assertEquals(List.of(), events);
        fixture.get(pod("2"), of("a"));
        assertEquals(1, events.size());
    }

    @Test
    void grant_afterExactlySevenEighthsOfTheLimit_isReportedAgain() {
        limit(8 * RECORD);
        for (int i = 1; i <= 9; i++) {
            fixture.get(pod("" + i), of("a"));
        }
        fixture.ipam.release(pod("8"));
        fixture.ipam.release(pod("9"));
        fixture.get(pod("8"), of("a"));
        assertEquals(1, events.size());
        fixture.get(pod("9"), of("a"));
        assertEquals(2, events.size());
    }
}
