package io.ipam;

import static io.ipam.fixture.Owners.pod;
import static io.ipam.fixture.Pools.pool;
import static io.ipam.fixture.Pools.v4;
import static io.ipam.fixture.Selections.given;
import static io.ipam.fixture.Selections.of;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.allocation.PoolAddresses;
import io.ipam.allocation.PoolUsage;
import io.ipam.allocation.RestoreMode;
import io.ipam.allocation.StateSnapshot;
import io.ipam.fixture.IpamFixture;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolCatalog;
import io.ipam.pool.ReservedRange;
import io.ipam.resolution.PoolNames;
import io.ipam.resolution.PoolSelections;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The addresses of a pool by state. */
class PoolAddressesTest {
    private static final int ADDRESSES = 12;
    private static final Pool POOL = v4("a", 1, ADDRESSES).toBuilder()
            .excludeIps("10.1.0.6")
            .staticIps("10.1.0.2-10.1.0.4")
            .build();
    private static final long COOL_DOWN_MILLIS = 3;

    private final IpamFixture fixture = new IpamFixture(POOL);

    enum Verb {
        ALLOCATE,
        RELEASE,
        WAIT,
        RESERVE
    }

    /** A verb and its address. */
    record Action(Verb verb, Address address) {}

    @Provide
    Arbitrary<List<Action>> actions() {
        Arbitrary<Address> addresses = Arbitraries.integers()
                .between(1, ADDRESSES)
                .filter(last -> last != 6)
                .map(last -> Address.parse("10.1.0." + last));
        return Combinators.combine(Arbitraries.of(Verb.class), addresses)
                .as(Action::new)
                .list()
                .ofMaxSize(30);
    }

    /** The model: when each address was released, and which ones are held and reserved. */
    private static final class Model {
        final TreeSet<Address> held = new TreeSet<>();
        final TreeSet<Address> reserved = new TreeSet<>();
        final Map<Address, Long> released = new TreeMap<>();

        String stateOf(Address address, long now) {
            if (held.contains(address)) {
                return "held";
            }
            if (reserved.contains(address)) {
                return "reserved";
            }
            return released.getOrDefault(address, -COOL_DOWN_MILLIS) + COOL_DOWN_MILLIS > now ? "cooling" : "free";
        }
    }

    @Property(tries = 300)
    void addresses_anyActions_equalTheModel(@ForAll("actions") List<Action> actions) {
        fixture.settings = fixture.settings.withCoolDown(Duration.ofMillis(COOL_DOWN_MILLIS));
        fixture.ipam = Ipam.of(PoolCatalog.of(POOL), fixture.settings);
        Model model = new Model();
        for (Action action : actions) {
            act(action, model);
        }
        PoolAddresses found = fixture.ipam.state().addresses("a").orElseThrow();
        for (AddressRange range : POOL.addresses().ranges()) {
            for (Address address = range.first(); range.contains(address); address = address.next()) {
                assertEquals(model.stateOf(address, fixture.clock), stateOf(address, found), address.toString());
            }
        }
        assertEquals(fixture.ipam.usage("a").orElseThrow(), usage(found));
    }

    private void act(Action action, Model model) {
        Address address = action.address();
        Owner owner = pod(address.toString());
        switch (action.verb()) {
            case ALLOCATE -> {
                if (fixture.ask(owner, given(of("a"), address.toString())).isAllocated()) {
                    model.held.add(address);
                    model.released.remove(address);
                }
            }
            case RELEASE -> {
                fixture.ipam.release(owner);
                if (model.held.remove(address)) {
                    model.released.put(address, fixture.clock);
                }
            }
            case WAIT -> fixture.clock++;
            case RESERVE -> {
                if (!model.reserved.add(address)) {
                    model.reserved.remove(address);
                }
                reserve(model.reserved.stream().map(AddressRange::of).toList());
            }
        }
    }

    private void reserve(List<AddressRange> ranges) {
        PoolCatalog before = fixture.ipam.catalog();
        ReservedRange all = new ReservedRange("r", Family.IPV4, AddressSet.of(Family.IPV4, ranges), false);
        assertTrue(fixture.ipam.update(before, before.withReserved(all)).isUpdated());
    }

    private static String stateOf(Address address, PoolAddresses addresses) {
        return (addresses.held().contains(address) ? "held" : "")
                + (addresses.cooling().contains(address) ? "cooling" : "")
                + (addresses.reserved().contains(address) ? "reserved" : "")
                + (addresses.free().contains(address) ? "free" : "");
    }

    private static PoolUsage usage(PoolAddresses addresses) {
        return new PoolUsage(
                addresses.pool().name(),
                addresses.pool().addresses().size(),
                addresses.held().size().longValueExact(),
                addresses.cooling().size().longValueExact(),
                addresses.reserved().size(),
                addresses.free().size(),
                addresses.freeStatic().size(),
                0);
    }

    @Test
    void addresses_strayInThePool_isHeld() {
        fixture.get(pod("1"), of("a"));
        StateSnapshot state = fixture.ipam.state().export();
        Pool renamed = v4("b", 1, 4);
        fixture.ipam = Ipam.of(PoolCatalog.of(renamed), fixture.settings);
        fixture.ipam.state().restore(state, RestoreMode.HOLD);
        PoolAddresses found = fixture.ipam.state().addresses("b").orElseThrow();
        assertEquals(List.of("10.1.0.1"), found.held().texts());
        assertEquals(fixture.ipam.usage("b").orElseThrow(), usage(found));
    }

    @Test
    void addresses_poolRemovedByForce_areThoseOfTheDetachedPool() {
        fixture.get(pod("1"), of("a"));
        assertTrue(fixture.ipam
                .updateByForce(fixture.ipam.catalog(), PoolCatalog.EMPTY)
                .isUpdated());
        PoolAddresses found = fixture.ipam.state().addresses("a").orElseThrow();
        assertEquals(POOL, found.pool());
        assertEquals(List.of("10.1.0.1"), found.held().texts());
        fixture.ipam.release(pod("1"));
        assertEquals(Optional.empty(), fixture.ipam.state().addresses("a"));
    }

    @Test
    void addresses_wholeIpv6_costsLittleProcessorTime() {
        Pool all = pool("all", "::/0", "::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
        IpamFixture v6 = new IpamFixture(all);
        PoolSelections selections = PoolSelections.none().withPod(PoolNames.of(Family.IPV6, "all"));
        v6.get(pod("1"), given(selections, "8000::1"));
        long before = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
        PoolAddresses found = v6.ipam.state().addresses("all").orElseThrow();
        long nanos = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - before;
        assertEquals(
                List.of("::-8000::", "8000::2-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff"),
                found.free().texts());
        assertTrue(nanos < 200_000_000, nanos + " ns");
    }

    /** The constructor of the result rejects sets of two moments. */
    @Test
    void addresses_concurrentChanges_areOfOneMoment() throws InterruptedException {
        AtomicBoolean stop = new AtomicBoolean();
        Thread requests = new Thread(() -> {
            while (!stop.get()) {
                fixture.ask(pod("1"), of("a"));
                fixture.ipam.release(pod("1"));
            }
        });
        Thread updates = new Thread(() -> {
            PoolCatalog plain = fixture.ipam.catalog();
            PoolCatalog reserving = plain.withReserved(ReservedRange.parse("r", Family.IPV4, List.of("10.1.0.1")));
            while (!stop.get()) {
                fixture.ipam.update(plain, reserving);
                fixture.ipam.update(reserving, plain);
            }
        });
        requests.start();
        updates.start();
        try {
            for (int i = 0; i < 2_000; i++) {
                PoolAddresses found = fixture.ipam.state().addresses("a").orElseThrow();
                assertTrue(found.held().size().intValueExact() <= 1, found.toString());
            }
        } finally {
            stop.set(true);
            requests.join();
            updates.join();
        }
    }

    @Test
    void addresses_unknownPool_isEmpty() {
        assertEquals(Optional.empty(), fixture.ipam.state().addresses("b"));
        assertEquals(
                "pool",
                assertThrows(
                                NullPointerException.class,
                                () -> fixture.ipam.state().addresses(null))
                        .getMessage());
    }

    @Test
    void constructor_addressInNoSetOrInTwo_isRefused() {
        AddressSet none = AddressSet.empty(Family.IPV4);
        AddressSet all = POOL.addresses();
        assertThrows(IllegalArgumentException.class, () -> new PoolAddresses(POOL, none, none, none, none));
        assertThrows(IllegalArgumentException.class, () -> new PoolAddresses(POOL, all, all, none, none));
        assertThrows(IllegalArgumentException.class, () -> new PoolAddresses(POOL, POOL.listed(), none, none, none));
        assertEquals(
                "[10.1.0.2-10.1.0.4]",
                new PoolAddresses(POOL, none, none, none, all).freeStatic().toString());
    }
}
