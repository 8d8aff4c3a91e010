package io.ipam;

import static io.ipam.fixture.Pools.disabled;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.allocation.HeldAddress;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.RefusalReason;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.RestoreReport;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.resolution.PoolSelections;
import io.ipam.resolution.Resolution;
import io.ipam.resolution.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * An owner is identified by namespace, name, and uid: it is not served both as stateful and as
 * stateless.
 */
class OtherKindTest {
    private final IpamFixture fixture = new IpamFixture(v4("a", 1, 9), v4("b", 2, 9));

    private Ipam ipam() {
        return fixture.ipam;
    }

    private static Owner owner(boolean stateful, String uid) {
        return new Owner(stateful, "shop", "db-0", uid);
    }

    private static String kind(boolean stateful) {
        return stateful ? "stateful" : "stateless";
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allocate_otherKindHoldsAddresses_isRefusedAndChangesNothing(boolean first) {
        fixture.get(owner(first, "d0"), on(of("a"), "eth0", "net1"));
        StateSnapshot before = ipam().state().export();
        for (PoolSelections selections : List.of(of("a"), of("b"), on(of("b"), "eth0", "net2"), on(of("a"), "net9"))) {
            AllocationResult.Refused refused = fixture.refused(owner(!first, "d0"), selections);
            assertEquals(RefusalReason.OWNER_CONFLICT, refused.reason());
            assertEquals(
                    "shop/db-0 (uid d0) is requested as a " + kind(!first) + " owner, but holds eth0 10.1.0.1 from a,"
                            + " net1 10.1.0.2 from a as a " + kind(first) + " one: request it as " + kind(first)
                            + ", or release the " + kind(first) + " owner first",
                    refused.message());
            assertTrue(refused.explain().startsWith("shop/db-0 (uid d0): refused, owner conflict: "), refused::explain);
        }
        assertEquals(before, ipam().state().export());
        assertEquals(List.of(), ipam().heldBy(owner(!first, "d0")));
        assertEquals("eth0 10.1.0.1", fixture.get(owner(first, "d0"), of("a")));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allocate_otherKindReleased_isServed(boolean first) {
        fixture.get(owner(first, "d0"), on(of("a"), "eth0", "net1"));
        ipam().release(owner(first, "d0"), "eth0");
        assertEquals(
                RefusalReason.OWNER_CONFLICT,
                fixture.refused(owner(!first, "d0"), of("a")).reason());
        ipam().release(owner(first, "d0"));
        assertEquals("eth0 10.1.0.1", fixture.get(owner(!first, "d0"), of("a")));
        assertEquals(
                RefusalReason.OWNER_CONFLICT,
                fixture.refused(owner(first, "d0"), of("a")).reason());
        assertEquals(List.of(), ipam().state().verify());
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void allocate_otherKindOfAnotherUidNameOrNamespace_isServed(boolean first) {
        fixture.get(owner(first, "d0"), of("a"));
        for (Owner other : List.of(
                owner(!first, "d1"), new Owner(!first, "shop", "db-1", "d0"), new Owner(!first, "bar", "db-0", "d0"))) {
            assertTrue(fixture.ask(other, of("a")).isAllocated(), other::toString);
            ipam().release(other);
        }
        assertTrue(fixture.ask(Owner.stateful("shop", "db-0", ""), of("a")).isAllocated(), "no uid");
    }

    /** The stateful owner would get the uid under which the stateless one holds an address. */
    @Test
    void allocate_renewalToTheUidOfTheOtherKind_isRefused() {
        fixture.get(owner(true, "d0"), of("a"));
        fixture.get(owner(false, "d1"), of("a"));
        StateSnapshot before = ipam().state().export();
        AllocationResult.Refused refused = fixture.refused(owner(true, "d1"), of("a"));
        assertEquals(RefusalReason.OWNER_CONFLICT, refused.reason());
        assertTrue(refused.message().contains("request it as stateless, or release"), refused::message);
        assertEquals(before, ipam().state().export());
    }

    /** A resolution that was made before the other kind was served. */
    @Test
    void allocate_resolvedBeforeTheOtherKindWasServed_isRefused() {
        Resolution resolution = ipam().resolve(Workload.of(owner(true, "d0")), of("a"));
        fixture.get(owner(false, "d0"), of("a"));
        AllocationResult result = ipam().allocate(resolution);
        assertTrue(
                result instanceof AllocationResult.Refused refused && refused.reason() == RefusalReason.OWNER_CONFLICT,
                result::toString);
    }

    @Test
    void allocate_otherKindHoldsMany_namesTen() {
        List<String> interfaces = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            interfaces.add("net" + i);
        }
        PoolSelections selections = on(of("a", "b"), interfaces.toArray(new String[0]));
        assertEquals(
                16, fixture.ask(owner(true, "d0"), selections).orElseThrow().size());
        String message = fixture.refused(owner(false, "d0"), of("a")).message();
        assertTrue(message.contains("net0 10.1.0.1 from a, net1 "), message);
        assertTrue(message.contains(" and 6 more as a stateful one"), message);
    }

    /** A snapshot of an earlier release: both are kept, and the next request of each is refused. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void restore_bothKindsHoldAddresses_keepsBothAndRefusesUntilOneIsReleased(boolean asked) {
        HeldAddress[] held = restoreBoth();
        assertEquals(List.of(held[0]), ipam().heldBy(owner(true, "d0")));
        assertEquals(List.of(held[1]), ipam().heldBy(owner(false, "d0")));
        AllocationResult.Refused refused = fixture.refused(owner(asked, "d0"), of("a"));
        assertEquals(RefusalReason.OWNER_CONFLICT, refused.reason());
        assertEquals(
                "shop/db-0 (uid d0) is requested as a " + kind(asked) + " owner, but holds eth0 10.1.0."
                        + (asked ? 7 : 3) + " from a as a " + kind(!asked) + " one: release the " + kind(!asked)
                        + " owner first",
                refused.message());
        assertEquals(List.of(held[0]), ipam().heldBy(owner(true, "d0")));
        ipam().release(owner(!asked, "d0"));
        assertEquals("eth0 10.1.0." + (asked ? 3 : 7), fixture.get(owner(asked, "d0"), of("a")));
        assertEquals(List.of(), ipam().state().verify());
    }

    /** The addresses that the stateful and the stateless owner hold. */
    private HeldAddress[] restoreBoth() {
        PoolSnapshot pool = PoolSnapshot.of(
                "a",
                List.of(
                        new PoolSnapshot.Held(Address.parse("10.1.0.3"), owner(true, "d0"), "eth0", 1),
                        new PoolSnapshot.Held(Address.parse("10.1.0.7"), owner(false, "d0"), "eth0", 2)));
        RestoreReport report = ipam().state().restore(StateSnapshot.of(List.of(pool)), RestoreMode.REFUSE);
        assertEquals(2, report.held());
        assertEquals(List.of(), report.problems());
        assertEquals(List.of(pool), ipam().state().export().pools());
        return new HeldAddress[] {
            ipam().holder(Address.parse("10.1.0.3")).orElseThrow(),
            ipam().holder(Address.parse("10.1.0.7")).orElseThrow()
        };
    }

    /** Whichever request is first, exactly one of two concurrent requests is served. */
    @Test
    void allocate_bothKindsAtOnce_servesOne() throws Exception {
        CyclicBarrier start = new CyclicBarrier(2);
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 2000; round++) {
                String uid = "d" + round;
                List<Future<AllocationResult>> results = new ArrayList<>();
                for (boolean stateful : List.of(true, false)) {
                    Callable<AllocationResult> request = () -> {
                        start.await();
                        return fixture.ask(new Owner(stateful, "shop", uid, uid), of(stateful ? "a" : "b"));
                    };
                    results.add(threads.submit(request));
                }
                boolean isFirstServed = results.get(0).get().isAllocated();
                assertEquals(!isFirstServed, results.get(1).get().isAllocated(), uid);
                ipam().release(new Owner(isFirstServed, "shop", uid, uid));
            }
        } finally {
            threads.shutdownNow();
        }
        assertEquals(List.of(), ipam().state().verify());
        assertEquals("0 held, 0 cooling, 0 reserved, 9 free", fixture.usage("a"));
    }

    /** The conflict is a result only for a resolution of what the owner holds now. */
    @Test
    void allocate_staleResolutionOfAnOwnerWithAConflict_isResolvedAgain() {
        fixture.get(owner(false, "d0"), of("a"));
        Pool disabled = disabled(ipam().catalog().pool("a").orElseThrow());
        assertTrue(
                ipam().update(ipam().catalog(), ipam().catalog().with(disabled)).isUpdated());
        Resolution kept = ipam().resolve(Workload.of(owner(false, "d0")), of("a"));
        ipam().release(owner(false, "d0"));
        fixture.get(owner(true, "d0"), of("b"));
        AllocationResult.Refused refused = assertInstanceOf(AllocationResult.Refused.class, ipam().allocate(kept));
        assertEquals(RefusalReason.NO_CANDIDATE, refused.reason());
    }
}
