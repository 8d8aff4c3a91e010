package io.ipam;

import static io.ipam.fixture.Owners.db;
import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.of;
import static io.ipam.fixture.Selections.on;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.ipam.address.Address;
import io.ipam.allocation.InvalidStateException;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.ReconcileMode;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.pool.PoolCatalog;
import io.ipam.resolution.Workload;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** No call keeps a lock, whatever its outcome: another thread can lock everything afterwards. */
class UnlockedTest {
    private interface Call {
        void on(Ipam ipam) throws Exception;
    }

    private static DynamicTest after(String name, Call call) {
        return DynamicTest.dynamicTest(name, () -> {
            IpamFixture fixture = new IpamFixture(v4("a", 1, 3), v4("b", 2, 3), v4("c", 3, 3))
                    .with(IpamSettings.defaults()
                            .withCoolDown(Duration.ofSeconds(9))
                            .withReconcileGrace(Duration.ZERO)
                            .withClock(ticking()));
            fixture.get(pod("1"), on(of("a", "b"), "eth0", "net1"));
            fixture.get(db("x"), of("b"));
            fixture.get(pod("2"), of("c"));
            PoolCatalog all = fixture.ipam.catalog();
            fixture.ipam.updateByForce(all, all.without("c"));
            call.on(fixture.ipam);
            CompletableFuture<List<String>> other = new CompletableFuture<>();
            new Thread(() -> other.complete(fixture.ipam.state().verify())).start();
            assertEquals(List.of(), other.get(60, TimeUnit.SECONDS));
        });
    }

    /** A clock that advances by a second at each reading. */
    private static InstantSource ticking() {
        AtomicLong seconds = new AtomicLong();
        return () -> Instant.ofEpochSecond(seconds.incrementAndGet());
    }

    private static PoolCatalog smaller(Ipam ipam) {
        return ipam.catalog()
                .with(v4("a", 1, 3).toBuilder().excludeIps("10.1.0.1").build());
    }

    @TestFactory
    Stream<DynamicTest> call_anyOutcome_keepsNoLock() {
        return Stream.of(
                after("resolve", ipam -> ipam.resolve(Workload.of(pod("9")), of("a"))),
                after("allocate", ipam -> ipam.allocate(Workload.of(pod("9")), of("a"))),
                after("allocate again", ipam -> ipam.allocate(Workload.of(pod("1")), on(of("a", "b"), "eth0", "net1"))),
                after("refused", ipam -> ipam.allocate(Workload.of(pod("9")), on(of("a"), "1", "2", "3", "4"))),
                after("renewed", ipam -> ipam.allocate(Workload.of(db("y")), of("b"))),
                after("release", ipam -> ipam.release(pod("1"))),
                after("release nothing", ipam -> ipam.release(pod("9"))),
                after("release another's", ipam -> ipam.release(pod("9"), Address.parse("10.1.0.1"))),
                after("release the last of a removed pool", ipam -> ipam.release(pod("2"))),
                after("usage", ipam -> ipam.usage("c")),
                after("usage of all", Ipam::usage),
                after("usage of none", ipam -> ipam.usage("z")),
                after("status bytes", ipam -> ipam.state().statusBytes("a")),
                after("addresses", ipam -> ipam.state().addresses("a")),
                after("plan", ipam -> ipam.plan(smaller(ipam))),
                after("held", ipam -> ipam.heldAddresses().forEachHeld("a", (address, owner) -> {})),
                after("detached", ipam -> ipam.heldAddresses().detached()),
                after(
                        "update",
                        ipam -> ipam.update(ipam.catalog(), ipam.catalog().with(v4("d", 4, 1)))),
                after("update blocked", ipam -> ipam.update(ipam.catalog(), smaller(ipam))),
                after("update outdated", ipam -> ipam.update(PoolCatalog.EMPTY, smaller(ipam))),
                after("update by force", ipam -> ipam.updateByForce(ipam.catalog(), PoolCatalog.EMPTY)),
                after("observe", Ipam::observe),
                after("reconcile", UnlockedTest::reconcileTwice),
                after("export", ipam -> ipam.state().export()),
                after("export of one pool", ipam -> ipam.state().export("a")),
                after("verify", ipam -> ipam.state().verify()),
                after("restore", ipam -> ipam.state().restore(ipam.state().export(), RestoreMode.REFUSE)),
                after("restore refused", UnlockedTest::restoreInVain));
    }

    private static void reconcileTwice(Ipam ipam) {
        var outdated = ipam.observe();
        ipam.reconcile(ipam.observe(), List.of(), ReconcileMode.REPORT);
        assertEquals(
                4,
                ipam.reconcile(ipam.observe(), List.of(), ReconcileMode.FREE)
                        .released()
                        .size());
        ipam.state().restore(ipam.state().export(), RestoreMode.REFUSE);
        assertEquals(
                true, ipam.reconcile(outdated, List.of(), ReconcileMode.FREE).outdated());
    }

    private static void restoreInVain(Ipam ipam) {
        PoolSnapshot.Held held = new PoolSnapshot.Held(Address.parse("10.9.0.1"), pod("7"), "eth0", 7);
        try {
            ipam.state().restore(StateSnapshot.of(List.of(PoolSnapshot.of("z", List.of(held)))), RestoreMode.REFUSE);
        } catch (InvalidStateException refused) {
            return;
        }
        throw new AssertionError("restored");
    }
}
