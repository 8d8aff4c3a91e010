package io.ipam.documents;

import io.ipam.address.Address;
import io.ipam.allocation.PoolSnapshot;
import io.ipam.allocation.StateSnapshot;
import io.ipam.allocation.Stray;
import io.ipam.owner.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Snapshots of every shape, for properties. */
final class Snapshots {
    private Snapshots() {}

    static Arbitrary<StateSnapshot> any() {
        return Combinators.combine(
                        Arbitraries.longs().greaterOrEqual(0),
                        pools().list().ofMaxSize(3),
                        strays().list().ofMaxSize(3),
                        Pools.names().set().ofMaxSize(2))
                .as((last, pools, strays, closed) -> {
                    Map<String, PoolSnapshot> byName = new LinkedHashMap<>();
                    pools.forEach(pool -> byName.put(pool.pool(), pool));
                    return new StateSnapshot(last, List.copyOf(byName.values()), strays, closed);
                });
    }

    private static Arbitrary<PoolSnapshot> pools() {
        return Combinators.combine(
                        Pools.names(),
                        Pools.any().optional(),
                        addresses().optional(),
                        held().list().ofMaxSize(4).map(Snapshots::distinct),
                        cooling().list().ofMaxSize(4))
                .as(PoolSnapshot::new);
    }

    private static List<PoolSnapshot.Held> distinct(List<PoolSnapshot.Held> held) {
        Map<Address, PoolSnapshot.Held> byAddress = new LinkedHashMap<>();
        held.forEach(record -> byAddress.put(record.address(), record));
        return new ArrayList<>(byAddress.values());
    }

    private static Arbitrary<PoolSnapshot.Held> held() {
        Arbitrary<String> interfaces = Arbitraries.of("", "eth0", "net1");
        return Combinators.combine(
                        addresses(), owners(), interfaces, Arbitraries.longs().greaterOrEqual(0))
                .as(PoolSnapshot.Held::new);
    }

    private static Arbitrary<PoolSnapshot.Cooling> cooling() {
        return Combinators.combine(addresses(), owners(), Arbitraries.longs().between(0, 4_000_000_000_000L))
                .as((address, owner, millis) -> new PoolSnapshot.Cooling(address, owner, Instant.ofEpochMilli(millis)));
    }

    private static Arbitrary<Stray> strays() {
        Arbitrary<String> notes = Arbitraries.of("", "{}", "{\"pod\":7}", "not \"JSON\"", "<\u2028\ud83d\ude00\n");
        return Combinators.combine(
                        addresses(),
                        Pools.names(),
                        owners().optional(),
                        Arbitraries.of("", "eth0"),
                        Arbitraries.longs().greaterOrEqual(0),
                        notes)
                .as(Stray::new);
    }

    private static Arbitrary<Owner> owners() {
        Arbitrary<String> texts = Arbitraries.of("a", "shop", "\ud83d\ude00", "<\u2028>");
        return Combinators.combine(Arbitraries.of(true, false), texts.injectDuplicates(0.5), texts, texts)
                .as((stateful, namespace, name, uid) ->
                        new Owner(stateful, namespace.equals("a") ? "" : namespace, name, uid));
    }

    private static Arbitrary<Address> addresses() {
        return Arbitraries.of("10.0.0.1", "10.0.0.2", "9.255.255.255", "::", "2001:db8::1", "ffff::ffff")
                .map(Address::parse);
    }

    /** A snapshot with this number of held addresses of one pool. */
    static StateSnapshot large(int records) {
        List<PoolSnapshot.Held> held = new ArrayList<>();
        Address address = Address.parse("10.0.0.0");
        for (int i = 0; i < records; i++) {
            Owner owner = Owner.stateless("shop", "cart-" + i, "1f0e7a52-93c1-4c38-8a0b-" + i);
            held.add(new PoolSnapshot.Held(address, owner, "eth0", i + 1));
            address = address.next();
        }
        return new StateSnapshot(
                records, List.of(new PoolSnapshot("large", Optional.empty(), Optional.empty(), held, List.of())));
    }
}
