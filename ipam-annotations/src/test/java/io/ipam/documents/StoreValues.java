package io.ipam.documents;

import io.ipam.address.Address;
import io.ipam.address.AddressRange;
import io.ipam.address.AddressSet;
import io.ipam.address.Family;
import io.ipam.owner.Owner;
import io.ipam.pool.Pool;
import io.ipam.pool.ReservedRange;
import io.ipam.store.Change;
import io.ipam.store.Entry;
import io.ipam.store.Realm;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Entries and changes of every shape with any texts, for properties. */
final class StoreValues {
    private StoreValues() {}

    /** Any text: NUL, quotes, escapes, pairs of surrogates and surrogates without a partner. */
    static Arbitrary<String> texts() {
        Arbitrary<Character> units = Arbitraries.oneOf(
                Arbitraries.chars().all(),
                Arbitraries.chars().range('\ud800', '\udfff'),
                Arbitraries.of('\0', '"', '\\', 'u', 'd', '8', '\u2028', '\u007f', '<'));
        return Arbitraries.oneOf(
                Arbitraries.of("", "shop", "\ud83d\ude00", "\ude00\ud83d", "\\ud83d", "a\0b", "'; drop table x; --"),
                units.list().ofMaxSize(8).map(StoreValues::join));
    }

    private static String join(List<Character> units) {
        StringBuilder text = new StringBuilder();
        units.forEach(text::append);
        return text.toString();
    }

    static Arbitrary<List<Change>> changes() {
        return change().list().ofMaxSize(4);
    }

    private static Arbitrary<Change> change() {
        return Arbitraries.oneOf(
                held().map(Change.Granted::new),
                Combinators.combine(held(), held()).as(StoreValues::renewed),
                Combinators.combine(held(), cooling().optional()).as(Change.Released::new),
                cooling().map(Change.Cooled::new),
                Combinators.combine(ofPools().optional(), ofPools()).as(Change.PoolPut::new),
                ofPools().map(Change.PoolGone::new),
                Combinators.combine(ofReserved().optional(), ofReserved()).as(Change.ReservedPut::new),
                ofReserved().map(Change.ReservedGone::new),
                Combinators.combine(realms().optional(), realms()).as(Change.RealmPut::new),
                Arbitraries.just(new Change.AsFound()));
    }

    private static Change renewed(Entry.Held before, Entry.Held after) {
        return new Change.Renewed(
                before,
                new Entry.Held(
                        before.address(),
                        after.pool(),
                        after.owner(),
                        after.interfaceName(),
                        after.generation(),
                        after.note()));
    }

    static Arbitrary<Entry> entries() {
        return Arbitraries.oneOf(held(), cooling(), ofPools(), ofReserved());
    }

    private static Arbitrary<Entry.Held> held() {
        return Combinators.combine(
                        addresses(),
                        texts(),
                        owners().optional(),
                        texts(),
                        Arbitraries.longs().greaterOrEqual(0),
                        texts())
                .as(Entry.Held::new);
    }

    private static Arbitrary<Entry.Cooling> cooling() {
        return Combinators.combine(addresses(), texts(), owners(), Arbitraries.longs())
                .as(Entry.Cooling::new);
    }

    private static Arbitrary<Owner> owners() {
        Arbitrary<String> filled = texts().filter(text -> !text.isEmpty());
        return Combinators.combine(Arbitraries.of(true, false), texts(), filled, filled, Arbitraries.of(true, false))
                .as((stateful, namespace, name, uid, hasUid) ->
                        new Owner(stateful, namespace, name, stateful && !hasUid ? "" : uid));
    }

    private static Arbitrary<Entry.OfPool> ofPools() {
        return Combinators.combine(pools(), Arbitraries.of(true, false), Arbitraries.of(true, false))
                .as(Entry.OfPool::new);
    }

    static Arbitrary<Pool> pools() {
        Arbitrary<String> names = texts().filter(text -> !text.isEmpty());
        return Combinators.combine(
                        Pools.any(), names, Arbitraries.maps(texts(), texts()).ofMaxSize(3))
                .as((shape, name, labels) -> shaped(shape, name).toBuilder()
                        .labels(labels)
                        .affinity(shape.affinity().withNodeNames(List.of(name, name)))
                        .build());
    }

    /** A pool with another name, and with everything else of a shape. */
    private static Pool shaped(Pool shape, String name) {
        var builder = Pool.builder(name, shape.subnet().toString())
                .ips(shape.ipTexts())
                .excludeIps(shape.excludeIpTexts())
                .staticIps(shape.staticIpTexts())
                .drainingIps(shape.drainingIpTexts())
                .labels(shape.labels())
                .routes(shape.routes())
                .affinity(shape.affinity())
                .defaultPool(shape.isDefault())
                .disabled(shape.isDisabled());
        shape.gateway().ifPresent(builder::gateway);
        shape.deletedAt().ifPresent(builder::terminating);
        return builder.build();
    }

    private static Arbitrary<Entry.OfReserved> ofReserved() {
        return reserved().map(Entry.OfReserved::new);
    }

    static Arbitrary<ReservedRange> reserved() {
        return Combinators.combine(
                        texts().filter(text -> !text.isEmpty()),
                        Arbitraries.of(Family.values()),
                        addresses().list().ofMaxSize(3),
                        Arbitraries.of(true, false))
                .as((name, family, addresses, terminating) ->
                        new ReservedRange(name, family, set(family, addresses), terminating));
    }

    private static AddressSet set(Family family, List<Address> addresses) {
        return AddressSet.of(
                family,
                addresses.stream()
                        .filter(address -> address.family() == family)
                        .map(address -> new AddressRange(address, address))
                        .toList());
    }

    static Arbitrary<Realm> realms() {
        return Combinators.combine(
                        Arbitraries.integers().greaterOrEqual(1),
                        Arbitraries.longs().greaterOrEqual(0),
                        Arbitraries.of(Realm.Phase.values()))
                .as(Realm::new);
    }

    private static Arbitrary<Address> addresses() {
        Arbitrary<Address> v4 =
                Arbitraries.longs().between(0, 0xffff_ffffL).map(bits -> new Address(Family.IPV4, 0, bits));
        Arbitrary<Address> v6 = Combinators.combine(Arbitraries.longs(), Arbitraries.longs())
                .as((high, low) -> new Address(Family.IPV6, high, low));
        return Arbitraries.oneOf(
                v4, v6, Arbitraries.of("::ffff:a00:1", "::", "1::").map(Address::parse));
    }
}
