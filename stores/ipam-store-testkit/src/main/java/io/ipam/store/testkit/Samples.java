package io.ipam.store.testkit;

import io.ipam.address.Address;
import io.ipam.owner.Owner;
import io.ipam.pool.LabelSelector;
import io.ipam.pool.Pool;
import io.ipam.pool.PoolAffinity;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Realm;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Entries and changes of tests. */
final class Samples {
    /** One hour of cool-down: an entry that was released now does not expire during a test. */
    static final Realm REALM = new Realm(Realm.FORMAT, 3_600_000, Realm.Phase.OPEN);

    static final Address FIRST = Address.parse("10.6.1.0");
    static final Address SECOND = Address.parse("10.6.1.1");
    static final String POOL = "blue-v4";
    static final Entry.OfPool BLUE = pool(POOL, "10.6.0.0/16", "10.6.1.0-10.6.1.255");
    static final Entry.OfReserved INFRA = reserved("infra", "10.6.1.9");

    private Samples() {}

    /** {@return the address at a distance from {@link #FIRST}} */
    static Address address(int index) {
        return Address.parse("10." + (6 + (index >> 16)) + "." + (index >> 8 & 255) + "." + (index & 255));
    }

    static Owner owner(String name) {
        return Owner.stateless("shop", name, "uid-" + name);
    }

    static Entry.Held held(Address address, String owner, long generation) {
        return new Entry.Held(address, POOL, Optional.of(owner(owner)), "eth0", generation, "");
    }

    static Entry.Held stray(Address address, String pool, String note) {
        return new Entry.Held(address, pool, Optional.empty(), "", 0, note);
    }

    static Change.Granted granted(Address address, String owner, long generation) {
        return new Change.Granted(held(address, owner, generation));
    }

    static Change.Granted granted(int index, long generation) {
        return granted(address(index), "cart-" + index, generation);
    }

    static Change.Renewed renewed(Entry.Held before, long generation) {
        Entry.Held after = new Entry.Held(
                before.address(),
                before.pool(),
                before.owner().map(owner -> Owner.stateful(owner.namespace(), owner.name(), "uid-" + generation)),
                before.interfaceName(),
                generation,
                before.note());
        return new Change.Renewed(before, after);
    }

    static Change.Released released(Entry.Held before) {
        return new Change.Released(before, Optional.empty());
    }

    static Change.Released cooled(Entry.Held before, long releasedMillis) {
        return new Change.Released(before, Optional.of(cooling(before.address(), "cart-0", releasedMillis)));
    }

    static Entry.Cooling cooling(Address address, String lastOwner, long releasedMillis) {
        return new Entry.Cooling(address, POOL, owner(lastOwner), releasedMillis);
    }

    static Entry.OfPool pool(String name, String subnet, String... ips) {
        return new Entry.OfPool(Pool.builder(name, subnet).ips(ips).build(), false, false);
    }

    static Change.PoolPut poolPut(Entry.OfPool after) {
        return new Change.PoolPut(Optional.empty(), after);
    }

    static Entry.OfReserved reserved(String name, String... ips) {
        return new Entry.OfReserved(
                ReservedRange.parse(name, Address.parse(ips[0].split("-", 2)[0]).family(), List.of(ips)));
    }

    static Change.ReservedPut reservedPut(Entry.OfReserved after) {
        return new Change.ReservedPut(Optional.empty(), after);
    }

    /** {@return a pool that uses every field} */
    static Pool fullPool() {
        LabelSelector selector = LabelSelector.builder()
                .matchLabel("app", "cart")
                .matchExpression("tier", "In", List.of("front", "back"))
                .matchExpression("legacy", "DoesNotExist", List.of())
                .build();
        return Pool.builder("full-v4", "10.9.0.0/16")
                .ips("10.9.1.0-10.9.1.255", "10.9.2.7", "10.9.1.200-10.9.2.3")
                .excludeIps("10.9.1.1", "10.9.1.9-10.9.1.12")
                .staticIps("10.9.1.240-10.9.1.255")
                .drainingIps(List.of("10.9.3.3"))
                .gateway("10.9.0.1")
                .route("192.168.0.0/24", "10.9.0.2")
                .route("172.16.0.0/12", "10.9.0.3")
                .affinity(PoolAffinity.none()
                        .withPod(selector)
                        .withNamespace(LabelSelector.everything())
                        .withNode(selector)
                        .withNamespaceNames(List.of("shop", "bank"))
                        .withNodeNames(List.of("node-b", "node-a"))
                        .withAttachments(List.of("kube-system/macvlan")))
                .labels(Map.of("team", "net", "z", ""))
                .defaultPool(true)
                .disabled(true)
                .terminating(Instant.parse("2026-01-02T03:04:05Z"))
                .build();
    }
}
